package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// packages are what twin.py imports, as pip names them.
var packages = []string{"pyyaml==6.0.3", "grpcio==1.85.1"}

// findPython is an interpreter that can import what twin.py needs: that of the machine, or an environment that is made
// once and kept in the folder of tools.
func findPython(ctx context.Context, tools string) (string, error) {
	system, err := exec.LookPath("python3")
	if err != nil {
		return "", fmt.Errorf("twin.py needs Python 3.11 or newer: install python3: %w", err)
	}
	if canImport(ctx, system) == nil {
		return system, nil
	}
	tools, err = filepath.Abs(tools)
	if err != nil {
		return "", err
	}
	home := filepath.Join(tools, "golden-python")
	python := filepath.Join(home, "bin", "python")
	if canImport(ctx, python) == nil {
		return python, nil
	}
	for _, args := range [][]string{
		{system, "-m", "venv", home},
		append([]string{python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"}, packages...),
	} {
		if output, err := exec.CommandContext(ctx, args[0], args[1:]...).CombinedOutput(); err != nil {
			return "", fmt.Errorf("make a Python environment for twin.py in %s: %v: %w\n%s", home, args, err, output)
		}
	}
	if err := canImport(ctx, python); err != nil {
		return "", errors.Join(fmt.Errorf("the new Python environment lacks what twin.py imports: %w", err), os.RemoveAll(home))
	}
	return python, nil
}

func canImport(ctx context.Context, python string) error {
	return exec.CommandContext(ctx, python, "-c", "import yaml, grpc").Run()
}
