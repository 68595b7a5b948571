package web

import (
	"testing"
)

func TestJSONOfTheWrongKind(t *testing.T) {
	const beat = "com.alibaba.nacos.naming.healthcheck.RsInfo"
	for text, want := range map[string]string{
		`"x"`:  "Cannot construct instance of `" + beat + "` (although at least one Creator exists): no String-argument constructor/factory method to deserialize from String value ('x')\n at [Source: (String)\"\"x\"\"; line: 1, column: 1]",
		"[1]":  "Cannot deserialize value of type `" + beat + "` from Array value (token `JsonToken.START_ARRAY`)\n at [Source: (String)\"[1]\"; line: 1, column: 1]",
		"1.5":  "Cannot construct instance of `" + beat + "` (although at least one Creator exists): no double/Double-argument constructor/factory method to deserialize from Number value (1.5)\n at [Source: (String)\"1.5\"; line: 1, column: 1]",
		`""`:   "Cannot coerce empty String (\"\") to `" + beat + "` value (but could if coercion was enabled using `CoercionConfig`)\n at [Source: (String)\"\"\"\"; line: 1, column: 1]",
		"{}":   "",
		"{bad": "",
	} {
		if found := NotObject(beat, text); found != want {
			t.Errorf("%s: expected %s, found %s", text, want, found)
		}
	}
	for text, want := range map[string]string{
		"{}":   "Cannot deserialize value of type `java.util.ArrayList<C>` from Object value (token `JsonToken.START_OBJECT`)\n at [Source: (String)\"{}\"; line: 1, column: 1]",
		"5":    "Cannot deserialize value of type `java.util.ArrayList<C>` from Integer value (token `JsonToken.VALUE_NUMBER_INT`)\n at [Source: (String)\"5\"; line: 1, column: 1]",
		"null": "",
	} {
		if found := NotList("C", text); found != want {
			t.Errorf("%s: expected %s, found %s", text, want, found)
		}
	}
}
