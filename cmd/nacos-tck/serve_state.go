package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/pflag"

	"github.com/nacos-tck/nacos-tck/refserver"
)

// stateFlags are the state to start with and where it is written at the end.
type stateFlags struct {
	seed, dump string
}

func (f *stateFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.seed, "seed", "", "YAML `file` with the state to start with, as --dump writes it")
	flags.StringVar(&f.dump, "dump", "", "YAML `file` to write the state to when the server ends")
}

func (f *stateFlags) options() ([]refserver.Option, error) {
	if err := f.checkDump(); err != nil {
		return nil, err
	}
	if f.seed == "" {
		return nil, nil
	}
	seed, err := refserver.ReadSeed(f.seed)
	if err != nil {
		return nil, usage("%w", err)
	}
	return []refserver.Option{refserver.WithSeed(seed)}, nil
}

// checkDump refuses, before anything starts, a file that could not be written at the end.
func (f *stateFlags) checkDump() error {
	if f.dump == "" {
		return nil
	}
	if same(f.seed, f.dump) {
		return usage("--dump: expected a file beside that of --seed, found the same (%s): choose another, so that what you wrote there stays", f.dump)
	}
	if info, err := os.Stat(f.dump); err == nil && !info.Mode().IsRegular() {
		return usage("--dump: expected a file that can be replaced, found the %s %s: choose another", kindOf(info), f.dump)
	}
	draft, err := f.draft()
	if err != nil {
		return usage("--dump: expected a file in a directory that can be written: %w: choose another", err)
	}
	return errors.Join(draft.Close(), os.Remove(draft.Name()))
}

func same(a, b string) bool {
	first, errA := os.Stat(a)
	second, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(first, second)
}

func kindOf(info os.FileInfo) string {
	if info.IsDir() {
		return "directory"
	}
	return "special file"
}

// draft is a file beside the dump, for the owner alone: hashes of passwords will be in it.
func (f *stateFlags) draft() (*os.File, error) {
	return os.CreateTemp(filepath.Dir(f.dump), "."+filepath.Base(f.dump)+".*")
}

// write writes the dump of a server that has ended, all of it or nothing.
func (f *stateFlags) write(server *refserver.Server) error {
	if f.dump == "" {
		return nil
	}
	draft, err := f.draft()
	if err == nil {
		err = errors.Join(server.Dump(draft), draft.Sync(), draft.Close())
		if err == nil {
			err = os.Rename(draft.Name(), f.dump)
		}
		if err != nil {
			err = errors.Join(err, os.Remove(draft.Name()))
		}
	}
	if err != nil {
		return fmt.Errorf("--dump: write the state to %s: %w", f.dump, err)
	}
	return nil
}
