package accounts

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// compile makes a pattern of a permission, in which * stands for any text, an expression that must match in full. What is
// no expression for real servers either is an argument error in their words, where these are known. What they can read
// and this one cannot, such as looking ahead, matches nothing.
func compile(pattern string) (*regexp.Regexp, error) {
	if problem := illegalRepetition(pattern); problem != "" {
		return nil, failure.NewArgument("%s", problem)
	}
	expression, err := regexp.Compile(`\A(?:` + pattern + `)\z`)
	if err == nil {
		return expression, nil
	}
	if problem := fault(pattern); problem != "" {
		return nil, failure.NewArgument("%s", problem)
	}
	return nil, nil
}

// fault says what Java says of a pattern that is no expression, with the pattern and a mark beneath the place. It is empty
// for what Java can read. Source: java.util.regex.PatternSyntaxException; measured 1.4.8, 2.0.4 and 2.5.1 on JDK 17.
func fault(pattern string) string {
	_, err := syntax.Parse(pattern, syntax.Perl)
	var e *syntax.Error
	if !errors.As(err, &e) {
		return "" // of no fault by itself
	}
	switch e.Code {
	case syntax.ErrMissingParen:
		return marked(pattern, "Unclosed group", java.Length(pattern))
	case syntax.ErrUnexpectedParen:
		return marked(pattern, "Unmatched closing ')'", strings.LastIndex(pattern, ")")-1)
	case syntax.ErrMissingBracket:
		return marked(pattern, "Unclosed character class", len(pattern)-1)
	case syntax.ErrMissingRepeatArgument:
		at := strings.Index(pattern, e.Expr)
		return marked(pattern, "Dangling meta character '"+e.Expr[:1]+"'", at)
	case syntax.ErrInvalidCharRange:
		return marked(pattern, "Illegal character range", strings.Index(pattern, e.Expr)+len(e.Expr)-1)
	case syntax.ErrTrailingBackslash:
		return marked(pattern, "Unexpected internal error", len(pattern))
	case syntax.ErrInvalidRepeatSize, syntax.ErrInvalidPerlOp, syntax.ErrInvalidRepeatOp, syntax.ErrInvalidNamedCapture, syntax.ErrLarge, syntax.ErrNestingDepth:
		return ""
	default:
		return "the resource of a permission is no pattern: " + pattern
	}
}

// illegalRepetition is the fault of a brace that begins no repetition, which is a character of its own to others than Java.
func illegalRepetition(pattern string) string {
	escaped := false
	for i, r := range pattern {
		switch {
		case escaped, r == '\\':
			escaped = !escaped
		case r == '[':
			return "" // braces may be characters of a class
		case r == '{':
			if rest := pattern[i+1:]; rest == "" || rest[0] < '0' || rest[0] > '9' {
				return marked(pattern, "Illegal repetition", i+1)
			}
			if !strings.Contains(pattern[i:], "}") {
				return marked(pattern, "Unclosed counted closure", len(pattern))
			}
		}
	}
	return ""
}

// marked is the message of a fault at a place in a pattern.
func marked(pattern, problem string, at int) string {
	text := problem
	if at >= 0 {
		text += fmt.Sprintf(" near index %d", at)
	}
	text += "\n" + pattern
	if at >= 0 && at < java.Length(pattern) {
		text += "\n" + strings.Repeat(" ", at) + "^"
	}
	return text
}
