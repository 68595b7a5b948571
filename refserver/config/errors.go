package config

import (
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
)

// Codes in the envelope of v2 and v3 that only configuration management uses.
const (
	CodeGrayOverLimit     = 20010
	CodeGrayRuleInvalid   = 20011
	CodeGrayVersion       = 20012
	CodeOverClusterQuota  = 5031
	CodeOverGroupQuota    = 5032
	CodeOverTenantQuota   = 5033
	CodeOverSize          = 5034
	statusNoRight         = http.StatusForbidden
	statusConflict        = http.StatusInternalServerError
	textGrayOverLimit     = "gray config version is over max count :%d"
	textVariantIsMissing  = `Cannot invoke "com.alibaba.nacos.config.server.model.ConfigInfoGrayWrapper.getId()" because "oldConfigAllInfo4Gray" is null`
	textQuotaExceeded     = "Configuration limit exceeded [group=%s, namespaceId=%s]."
	textSizeExceeded      = "Configuration content size limit exceeded [group=%s, namespaceId=%s]."
	textPageMustBePositve = "pageNo and pageSize must be greater than zero"
)

// errPage refuses a page without number or size.
var errPage = failure.NewArgument(textPageMustBePositve)

// invalid refuses a value as the line does.
func (c *Center) invalid(format string, args ...any) error {
	code := failure.CodeParameterInvalid
	if c.b.PlainChecks {
		code = failure.CodeServerError
	}
	return failure.NewChecked(http.StatusBadRequest, code, format, args...)
}
