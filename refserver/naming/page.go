package naming

// Pages of lists. The arithmetic is of 32 bits and wraps, and a page whose end lies before its start is refused.
// Source: nacos 2.5.1 N/utils/ServiceUtil.java:53-75; measured.

// Page is page no, counted from 1, of a list, or an empty one when it lies behind the list.
func Page[T any](all []T, no, size int) ([]T, error) {
	start := PageStart(no, size)
	if start >= len(all) {
		return []T{}, nil
	}
	return SubList(all, start, min(int(int32(start)+int32(size)), len(all)))
}

// PageStart is the index at which a page starts; it is never negative.
func PageStart(no, size int) int { return max(int((int32(no)-1)*int32(size)), 0) }

// SubList is the part of a list from start to before end.
func SubList[T any](all []T, start, end int) ([]T, error) {
	switch {
	case end > len(all):
		return nil, unexpected("toIndex = %d", end)
	case start > end:
		return nil, InvalidArgument("fromIndex(%d) > toIndex(%d)", start, end)
	}
	return all[start:end], nil
}
