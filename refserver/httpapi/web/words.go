package web

import (
	"encoding/json"
	"strconv"
	"strings"
)

// Java's words for a JSON value of the wrong kind. Other failures keep the words of the reader used here.

const creator = " (although at least one Creator exists): no "

// NotObject says why a JSON text is no object of a class, empty when it is one or no JSON at all.
func NotObject(class, text string) string {
	value := strings.TrimSpace(text)
	if !json.Valid([]byte(value)) {
		return ""
	}
	constructor := func(kind, value string) string {
		return "Cannot construct instance of `" + class + "`" + creator + kind + " value (" + value + ")" + source(text)
	}
	switch value[0] {
	case '{', 'n':
		return ""
	case '[':
		return "Cannot deserialize value of type `" + class + "` from Array value (token `JsonToken.START_ARRAY`)" + source(text)
	case '"':
		var content string
		if json.Unmarshal([]byte(value), &content) == nil && content == "" {
			return "Cannot coerce empty String (\"\") to `" + class + "` value (but could if coercion was enabled using `CoercionConfig`)" + source(text)
		}
		return constructor("String-argument constructor/factory method to deserialize from String", "'"+content+"'")
	case 't', 'f':
		return constructor("boolean/Boolean-argument constructor/factory method to deserialize from boolean", value)
	}
	if strings.ContainsAny(value, ".eE") {
		return constructor("double/Double-argument constructor/factory method to deserialize from Number", value)
	}
	return constructor("int/Int-argument constructor/factory method to deserialize from Number", value)
}

// NotList says why a JSON text is no list of a class, empty when it is one or no JSON at all.
func NotList(class, text string) string {
	value := strings.TrimSpace(text)
	if !json.Valid([]byte(value)) {
		return ""
	}
	var kind string
	switch value[0] {
	case '[', 'n':
		return ""
	case '{':
		kind = "Object value (token `JsonToken.START_OBJECT`)"
	case '"':
		kind = "String value (token `JsonToken.VALUE_STRING`)"
	case 't', 'f':
		kind = "Boolean value (token `JsonToken.VALUE_" + strings.ToUpper(value) + "`)"
	default:
		kind = "Integer value (token `JsonToken.VALUE_NUMBER_INT`)"
		if strings.ContainsAny(value, ".eE") {
			kind = "Floating-point value (token `JsonToken.VALUE_NUMBER_FLOAT`)"
		}
	}
	return "Cannot deserialize value of type `java.util.ArrayList<" + class + ">` from " + kind + source(text)
}

// source is where the value stands.
func source(text string) string {
	column := len(text) - len(strings.TrimLeft(text, " \t")) + 1
	return "\n at [Source: (String)\"" + text + "\"; line: 1, column: " + strconv.Itoa(column) + "]"
}
