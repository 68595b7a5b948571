package web

import (
	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// PageView is a page of a list, with the place of the page in it.
type PageView[T any] struct {
	Total     int `json:"totalCount"`
	Number    int `json:"pageNumber"`
	Available int `json:"pagesAvailable"`
	Items     []T `json:"pageItems"`
}

// PageOf is page no, counted from 1, of a list. It counts one page more than there are when the last one is full.
// Source: nacos 3.0.3 core/src/main/java/com/alibaba/nacos/core/utils/PageUtil.java:52-103; measured.
func PageOf[T any](all []T, no, size int) (PageView[T], error) {
	page := PageView[T]{Number: no, Items: []T{}}
	if len(all) == 0 {
		return page, nil
	}
	if size == 0 {
		return page, Unexpected("/ by zero")
	}
	page.Total, page.Available = len(all), int(int32(len(all))/int32(size))+1
	start := naming.PageStart(no, size)
	end := int(int32(start) + int32(size))
	if start >= len(all) {
		return page, nil
	}
	items, err := naming.SubList(all, start, min(end, len(all)))
	if err == nil {
		page.Items = items
	}
	return page, err
}

// PageForm is the page that a request asks for: the first hundred when it names none.
func (c *Call) PageForm() (no, size int, err error) {
	const object = "pageForm"
	if no, err = BoundInt("int").Primitive(c.Params, object, "pageNo", 1); err == nil {
		size, err = BoundInt("int").Primitive(c.Params, object, "pageSize", 100)
	}
	return no, size, err
}

// CheckedPage is as pageForm, but refuses pages that cannot be. It is called when the rest of the request is legal.
func CheckedPage(no, size int) error {
	for _, p := range []struct {
		name  string
		value int
	}{{"pageNo", no}, {"pageSize", size}} {
		if p.value < 1 {
			return failure.NewArgument("Required parameter '%s' should be positive integer, current is %d", p.name, p.value)
		}
	}
	return nil
}
