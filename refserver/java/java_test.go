package java

import (
	"encoding/json"
	"testing"
)

func TestIntegers(t *testing.T) {
	for text, want := range map[string]struct{ plain, parameter any }{
		"7": {7, 7}, "+7": {7, 7}, "-7": {-7, -7}, "": {nil, nil}, "-": {nil, nil}, " 7": {nil, 7}, "1\t2 ": {nil, 12}, "0x10": {nil, 16},
		"-0X10": {nil, -16}, "#a": {nil, 10}, "#": {nil, nil}, "0x-1": {nil, nil}, "\u0661\u0662": {12, 12}, "1_0": {nil, nil}, "0b1": {nil, nil},
		"\u00a07": {nil, nil}, "2147483648": {nil, nil}, "-2147483648": {-2147483648, -2147483648}, "1e3": {nil, nil}, "\u00b2": {nil, nil},
	} {
		value := func(n int64, ok bool) any {
			if !ok {
				return nil
			}
			return int(n)
		}
		if got := value(Integer(text, 32)); got != want.plain {
			t.Errorf("%q: expected %v, found %v", text, want.plain, got)
		}
		if got := value(Parameter(text, 32)); got != want.parameter {
			t.Errorf("%q in a parameter: expected %v, found %v", text, want.parameter, got)
		}
	}
}

// The texts are those that a Java 17 makes of the bytes.
func TestMalformedText(t *testing.T) {
	const r = "\uFFFD"
	for text, want := range map[string]string{
		"a": "a", "\xff\xfe": r + r, "\xc0\x80": r + r, "\xed\xa0\x80": r, "\xed\xa0": r, "\xe4\xb8x": r + "x", "\xe4x": r + "x",
		"\xe0\x80\x80": r + r + r, "\xf0\x9f\x98": r, "\xf0\x9fx": r + "x", "\xf0\x80\x80\x80": r + r + r + r, "\xf4\x90\x80\x80": r + r + r + r,
		"\xf5\x80": r + r, "x\xc3": "x" + r, "\u4e2d\x80\U0001f600": "\u4e2d" + r + "\U0001f600",
	} {
		if got := UTF8(text); got != want {
			t.Errorf("%q: expected %q, found %q", text, want, got)
		}
	}
}

func TestJSONAsJacksonWritesIt(t *testing.T) {
	text, err := json.Marshal("a\\u001b\x1b\u2028\u2029\u0085\U0001f600\"")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(JSON(text)), "\"a\\\\u001b\\u001B\u2028\u2029\u0085\U0001f600\\\"\""; got != want {
		t.Errorf("expected %s, found %s", want, got)
	}
	if got, want := string(StreamedJSON(text)), "\"a\\\\u001b\\u001B\u2028\u2029\u0085\\uD83D\\uDE00\\\"\""; got != want {
		t.Errorf("expected %s, found %s", want, got)
	}
}
