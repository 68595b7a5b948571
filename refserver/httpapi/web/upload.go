package web

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
)

// Limits of multipart bodies. Source: Spring Boot spring.servlet.multipart.max-request-size and max-file-size, and Tomcat
// for the number of parts; measured 2.5.1, 3.0.3.
const (
	MaxUpload = 10 << 20
	maxPart   = 1 << 20
)

const fileUpload = "org.apache.tomcat.util.http.fileupload."

// failedUpload is the error of a multipart body.
type failedUpload struct {
	// summary is the framework's word, class the Java class of the cause and text its message.
	summary, class, text string
	// deeper is what the cause is due to, empty for nothing.
	deeper string
	// tooLarge says that a bound was broken.
	tooLarge bool
}

func (u *failedUpload) Error() string { return u.summary }

// chain is the text of the framework about it all.
func (u *failedUpload) chain(wraps bool) string {
	cause := fileUpload + u.class + ": " + u.text
	switch {
	case u.tooLarge:
		return Causes([]string{u.summary + "; nested exception is java.lang.IllegalStateException: " + cause, cause, u.text})
	case wraps:
		return Causes([]string{u.summary + "; nested exception is java.io.IOException: " + cause, cause, u.text, u.deeper})
	}
	return Causes([]string{u.summary + "; nested exception is " + cause, u.text, u.deeper})
}

func tooLarge(class, text string) error {
	return &failedUpload{summary: "Maximum upload size exceeded", class: class, text: text, tooLarge: true}
}

func unreadParts(class, text, deeper string) error {
	return &failedUpload{summary: "Failed to parse multipart servlet request", class: class, text: text, deeper: deeper}
}

// addParts takes in the parts of a multipart body, none when it cannot be read. Where the body is not to be had any
// more, only what its headers say is looked at.
func (f *form) addParts(r *http.Request, boundary string, readable bool) error {
	switch {
	case r.ContentLength > MaxUpload:
		return tooLarge("impl.SizeLimitExceededException", "the request was rejected because its size ("+
			strconv.FormatInt(r.ContentLength, 10)+") exceeds the configured maximum ("+strconv.Itoa(MaxUpload)+")")
	case boundary == "":
		const text = "the request was rejected because no multipart boundary was found"
		return unreadParts("FileUploadException", text, "")
	case !readable:
		return nil
	}
	parts := form{first: Params{}}
	var seen bytes.Buffer
	reader := multipart.NewReader(io.TeeReader(io.LimitReader(r.Body, MaxUpload+1), &seen), boundary)
	for range maxParams {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			if begins := "--" + boundary; bytes.Contains(seen.Bytes(), []byte(begins)) && !bytes.Contains(seen.Bytes(), []byte(begins+"--")) {
				return unreadParts("FileUploadException", endedStream, endedStream)
			}
			break
		}
		if err != nil {
			return unreadParts("impl.IOFileUploadException", "Processing of multipart/form-data request failed. "+endedStream, endedStream)
		}
		if err := parts.addPart(part); err != nil {
			return err
		}
	}
	f.file = parts.file
	for name, value := range parts.first {
		f.put(name, value)
	}
	return nil
}

const endedStream = "Stream ended unexpectedly"

func (f *form) addPart(part *multipart.Part) error {
	value, err := io.ReadAll(io.LimitReader(part, maxPart+1))
	switch {
	case err != nil:
		return unreadParts("impl.IOFileUploadException", "Processing of multipart/form-data request failed. "+endedStream, endedStream)
	case len(value) > maxPart:
		return tooLarge("impl.FileSizeLimitExceededException", "The field "+part.FormName()+" exceeds its maximum permitted size of "+strconv.Itoa(maxPart)+" bytes.")
	}
	switch {
	case part.FileName() == "":
		f.put(part.FormName(), toUTF8(string(value)))
	case part.FormName() == "file" && f.file == nil:
		f.file = value
	}
	return nil
}

// failUpload answers to a multipart body that cannot be read.
func (c *Call) failUpload() {
	var u *failedUpload
	if !errors.As(c.upload, &u) {
		return
	}
	text := c.Harmless(u.chain(c.B.Framework.WrapsUploadErrors))
	switch pages := c.B.Framework.RefusesUploads; {
	case pages && u.tooLarge:
		c.Bare(http.StatusRequestEntityTooLarge)
	case pages && strings.HasPrefix(c.Path, "/v1/"):
		c.connectorPage(http.StatusInternalServerError, http.StatusText(http.StatusInternalServerError))
	case pages:
		c.ErrorPage(http.StatusInternalServerError, u.summary)
	case strings.HasPrefix(c.Path, "/v2/"):
		c.JSON(http.StatusInternalServerError, RestResult{Code: http.StatusInternalServerError, Message: &text})
	default:
		c.Text(http.StatusInternalServerError, text)
	}
}
