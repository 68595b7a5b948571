package accounts

import (
	"fmt"

	"golang.org/x/crypto/bcrypt"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// cost is that of the hashes which real servers make.
const cost = 10

// longest is how many bytes of a password count. Real servers hash no more of it either.
const longest = 72

func counting(password string) []byte { return []byte(password[:min(len(password), longest)]) }

func (d *Directory) hash(password string) (string, error) {
	switch {
	case !d.b.RefusesLongPasswords:
	case java.Length(password) > longest:
		return "", failure.NewArgument("Password length must not exceed %d characters", longest)
	case len(password) > longest:
		return "", failure.NewArgument("password cannot be more than %d bytes", longest)
	}
	d.hashing <- struct{}{}
	defer func() { <-d.hashing }()
	hash, err := bcrypt.GenerateFromPassword(counting(password), cost)
	if err != nil {
		return "", fmt.Errorf("hash the password: %w", err)
	}
	return string(hash), nil
}

func (d *Directory) matches(hash, password string) bool {
	d.hashing <- struct{}{}
	defer func() { <-d.hashing }()
	return bcrypt.CompareHashAndPassword([]byte(hash), counting(password)) == nil
}

// HasPassword says whether a user is there and has this password.
func (d *Directory) HasPassword(name, password string) bool {
	d.mu.Lock()
	i := d.rows.user(name)
	hash := ""
	if i >= 0 {
		hash = d.rows.users[i].Password
	}
	d.mu.Unlock()
	return i >= 0 && d.matches(hash, password)
}
