package web

import (
	"strings"
	"testing"
)

// What a real 2.5.1 says of bodies that do not become what they should, below "JSON parse error: ".
func TestBodiesThatCannotBeReadAreExplained(t *testing.T) {
	const class = "com.alibaba.nacos.core.cluster.Member"
	memberShape := Shape{Class: class, Fields: map[string]string{"ip": "text", "address": "text", "port": "int"}}
	membersShape := Shape{Class: "java.util.ArrayList<" + class + ">", List: true, Items: &memberShape}
	namesShape := Shape{Class: "java.util.ArrayList<java.lang.String>", List: true}
	commandShape := Shape{Class: "java.util.LinkedHashMap<java.lang.String,java.lang.String>"}
	const source = "org.springframework.util.StreamUtils$NonClosingInputStream"
	for _, c := range []struct {
		shape                          Shape
		body, exception, reason, place string
	}{
		{memberShape, `odd`, badText, "Unrecognized token 'odd': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')", "column: 4]"},
		{memberShape, `[]`, badToken, "Cannot deserialize value of type `com.alibaba.nacos.core.cluster.Member` from Array value (token `JsonToken.START_ARRAY`)", "column: 1]"},
		{memberShape, `7`, badToken, "Cannot construct instance of `com.alibaba.nacos.core.cluster.Member` (although at least one Creator exists): " +
			"no int/Int-argument constructor/factory method to deserialize from Number value (7)", "column: 1]"},
		{memberShape, `{"ip":"10.0.0.9","port":"x"}`, badFormat, "Cannot deserialize value of type `int` from String \"x\": not a valid `int` value",
			`column: 25] (through reference chain: com.alibaba.nacos.core.cluster.Member["port"])`},
		{memberShape, `{"ip":{}}`, badToken, "Cannot deserialize value of type `java.lang.String` from Object value (token `JsonToken.START_OBJECT`)",
			`column: 7] (through reference chain: com.alibaba.nacos.core.cluster.Member["ip"])`},
		{membersShape, `[1]`, badToken, "Cannot construct instance of `com.alibaba.nacos.core.cluster.Member` (although at least one Creator exists): " +
			"no int/Int-argument constructor/factory method to deserialize from Number value (1)", "column: 2] (through reference chain: java.util.ArrayList[0])"},
		{namesShape, `"x"`, badToken, "Cannot construct instance of `java.util.ArrayList` (although at least one Creator exists): " +
			"no String-argument constructor/factory method to deserialize from String value ('x')", "column: 1]"},
		{commandShape, `7`, badToken, "Cannot deserialize value of type `java.util.LinkedHashMap<java.lang.String,java.lang.String>` from Integer value " +
			"(token `JsonToken.VALUE_NUMBER_INT`)", "column: 1]"},
		{commandShape, `{"command":["a"]}`, badToken, "Cannot deserialize value of type `java.lang.String` from Array value (token `JsonToken.START_ARRAY`)",
			`column: 12] (through reference chain: java.util.LinkedHashMap["command"])`},
	} {
		problem := c.shape.read([]byte(c.body))
		if problem == nil {
			t.Errorf("%s: expected a problem, found none", c.body)
			continue
		}
		full := c.reason + "\n at [Source: (" + source + "); line: 1, " + c.place
		message, causes := problem.tell([]byte(c.body), source)
		if want := "JSON parse error: " + c.reason + "; nested exception is " + c.exception + ": " + full; message != want {
			t.Errorf("%s:\nexpected %s\nfound    %s", c.body, want, message)
		}
		if joined := strings.Join(causes, "|"); joined != full {
			t.Errorf("%s: expected the cause %s, found %s", c.body, full, joined)
		}
		if message, causes := problem.tell([]byte(c.body), ""); message != "JSON parse error: "+c.reason || causes != nil {
			t.Errorf("%s: expected the reason alone, found %s, %v", c.body, message, causes)
		}
	}
	for _, good := range []string{`{"ip":7,"port":"1","other":{}}`, `{}`, ` {"port":null}`, `{"port":""}`} {
		if problem := memberShape.read([]byte(good)); problem != nil {
			t.Errorf("%s: expected no problem, found %s", good, problem.reason)
		}
	}
}
