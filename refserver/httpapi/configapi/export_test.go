package configapi

// MaxUnpacked bounds what an archive holds, in bytes.
const MaxUnpacked = maxUnpacked

// Zipped is an archive of names and contents.
var Zipped = zipped

// Unzipped are the names and contents of an archive, and its description.
func Unzipped(data []byte) (entries [][2]string, description string, err error) {
	all, err := unzip(data)
	for _, f := range all.files {
		entries = append(entries, [2]string{f.name, f.content})
	}
	if all.description != nil {
		description = *all.description
	}
	return entries, description, err
}
