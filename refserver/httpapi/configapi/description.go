package configapi

import (
	"errors"
	"fmt"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// maxAliases is how many aliases a description has at most. Source: SnakeYAML LoaderOptions.maxAliasesForCollections.
const maxAliases = 50

// readDescription reads the newer description: a list under the first name, whatever that is.
// Source: nacos 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/utils/YamlParserUtil.java; measured.
func readDescription(text string) (d description, err error) {
	file, err := parser.ParseBytes([]byte(text), 0, parser.AllowDuplicateMapKey())
	switch {
	case err != nil:
		return d, err
	case len(file.Docs) > 1:
		return d, errors.New("expected a single document in the stream but found another document")
	case len(file.Docs) == 0 || file.Docs[0].Body == nil:
		return d, nil
	case len(ast.Filter(ast.AliasType, file.Docs[0].Body)) > maxAliases:
		return d, fmt.Errorf("Number of aliases for non-scalar nodes exceeds the specified max=%d", maxAliases)
	}
	top, ok := file.Docs[0].Body.(ast.MapNode)
	if !ok {
		return d, fmt.Errorf("expected a mapping, found a %s", file.Docs[0].Body.Type().YAMLName())
	}
	first := top.MapRange()
	if !first.Next() {
		return d, nil
	}
	list, ok := first.Value().(*ast.SequenceNode)
	if !ok {
		return d, fmt.Errorf("expected a sequence under %s, found a %s", first.Key(), first.Value().Type().YAMLName())
	}
	err = yaml.NodeToValue(list, &d.Items, yaml.AllowDuplicateMapKey())
	return d, err
}
