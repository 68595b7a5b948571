//go:build unix

package reports_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/reports"
)

func TestFullDiskLeavesWholeLinesOnly(t *testing.T) {
	var old syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		t.Fatal(err)
	}
	g := NewWithT(t)
	dir := t.TempDir()
	w, err := reports.CreateLog(dir)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(w.Write(sample().Header)).To(Succeed())
	path := filepath.Join(dir, reports.LogFile)
	before, err := os.ReadFile(path)
	g.Expect(err).NotTo(HaveOccurred())

	full := syscall.Rlimit{Cur: uint64(len(before) + 50), Max: old.Max}
	g.Expect(syscall.Setrlimit(syscall.RLIMIT_FSIZE, &full)).To(Succeed())
	err = w.Write(sample().Plan)
	g.Expect(syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old)).To(Succeed())
	g.Expect(err).To(MatchError(syscall.EFBIG))
	g.Expect(os.ReadFile(path)).To(Equal(before))
	g.Expect(w.Close()).To(Succeed())
}
