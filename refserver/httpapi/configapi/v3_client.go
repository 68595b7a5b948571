package configapi

import (
	"net/http"
	"net/url"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// v3QueryView is the answer to a query over gRPC, which v3 tells to its clients with all fields.
type v3QueryView struct {
	ResultCode       int     `json:"resultCode"`
	ErrorCode        int     `json:"errorCode"`
	Message          *string `json:"message"`
	RequestID        *string `json:"requestId"`
	Content          string  `json:"content"`
	EncryptedDataKey *string `json:"encryptedDataKey"`
	Type             string  `json:"contentType"`
	MD5              string  `json:"md5"`
	Modified         int64   `json:"lastModified"`
	Tag              *string `json:"tag"`
	Beta             bool    `json:"beta"`
	Success          bool    `json:"success"`
}

// v3ClientConfig reads as a client: variants are chosen by address alone.
func v3ClientConfig(c call) (any, error) {
	key, err := c.v3ConfigKey()
	if err != nil {
		return nil, err
	}
	a, err := c.configs.Query(config.Query{Key: key, IP: c.clientIP()})
	if err != nil {
		return nil, err
	}
	if a.Status != config.Found {
		return unsuccessful(failure.CodeResourceNotFound, web.CodeText(failure.CodeResourceNotFound), nil), nil
	}
	view := v3QueryView{
		ResultCode: http.StatusOK, Content: a.Content, EncryptedDataKey: a.EncryptedDataKey, Type: a.Type, MD5: a.MD5, Modified: a.Modified,
		Beta: a.Beta, Success: true,
	}
	if a.Tag != "" {
		view.Tag = new(url.QueryEscape(a.Tag))
	}
	return view, nil
}
