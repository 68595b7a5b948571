package config

import (
	"strings"
	"testing"
)

func TestPropertiesSetWhatTheyName(t *testing.T) {
	s := DefaultSettings()
	for property, value := range map[string]string{"isCapacityLimitCheck": "true", "defaultTenantQuota": "3", "defaultMaxSize": "20"} {
		if err := s.Set(property, value); err != nil {
			t.Fatal(err)
		}
	}
	want := DefaultSettings()
	want.LimitCheck, want.TenantQuota, want.MaxSize = true, 3, 20
	if s != want {
		t.Errorf("expected %+v, found %+v", want, s)
	}
	for _, bad := range []struct{ property, value, told string }{
		{"odd", "1", "choose from"}, {"maxContent", "0", "above 0"}, {"maxContent", "x", "above 0"}, {"isCapacityLimitCheck", "maybe", "true or false"},
	} {
		if err := s.Set(bad.property, bad.value); err == nil || !strings.Contains(err.Error(), bad.told) {
			t.Errorf("%s=%s: expected an error that tells %q, found %v", bad.property, bad.value, bad.told, err)
		}
	}
}
