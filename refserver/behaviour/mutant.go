package behaviour

import "slices"

// Mutant is a line with one decision changed: a server that is wrong in a known way.
type Mutant struct {
	// ID is stable and dotted, like the requirement whose decision it changes.
	ID string
	// Line is the line that it departs from.
	Line Line
	// About says in one sentence what it does wrong.
	About string
	// Change makes the one change.
	Change func(*Behaviour)
	// Kills are the checks that must fail against it.
	Kills []string
	// Reason is the reason code that these checks must give.
	Reason string
	// Spoils are requirements and checks that cannot hold, or not be told, where the decision is changed. They may
	// fail for whatever reason.
	Spoils []string
}

// Behaviour is the mutant's behaviour: that of its line with the change applied.
func (m Mutant) Behaviour() (Behaviour, error) {
	b, err := ForLine(m.Line)
	if err == nil {
		m.Change(&b)
	}
	return b, err
}

// Mutants are all mutants, in the order of the areas that they belong to.
func Mutants() []Mutant {
	return slices.Concat(
		lifecycleMutants(), connectionMutants(), placeMutants(), dataMutants(),
		silenceMutants(), timeoutMutants(), beatMutants(), answerMutants(),
	)
}
