package configapi

import (
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

func TestViewsOfLines(t *testing.T) {
	row := config.Config{
		Key: config.Key{Namespace: "n", Group: "G", DataID: "d"}, ID: 7, Content: "v1", MD5: "6654c734ccab8f440ff0825eb443dc7f",
		Type: "text", App: "ap", Author: config.Author{IP: "10.9.8.1"}, Modified: 1795254787457, Tags: []string{"a", "b"},
	}
	history := config.History{NID: 3, Key: row.Key, Content: "v1", MD5: row.MD5, Op: "U", PublishType: "formal", ExtInfo: `{"type":"text"}`, Modified: 1795254787457}
	for _, test := range []struct{ line, all, history string }{
		{
			"1.4",
			`{"id":"7","dataId":"d","group":"G","content":"v1","md5":"6654c734ccab8f440ff0825eb443dc7f","tenant":"n","appName":"ap","type":"text","createTime":1795254787457,"modifyTime":1795254787457,"createUser":null,"createIp":"10.9.8.1","desc":null,"use":null,"effect":null,"schema":null,"configTags":"a,b"}`,
			`{"id":"3","lastId":-1,"dataId":"d","group":"G","tenant":"n","appName":"","md5":null,"content":null,"srcIp":"","srcUser":null,"opType":"U         ","createdTime":"2010-05-05T00:00:00.000+00:00","lastModifiedTime":"2026-11-21T09:53:07.457+00:00"}`,
		},
		{
			"2.5",
			`{"id":"7","dataId":"d","group":"G","content":"v1","md5":"6654c734ccab8f440ff0825eb443dc7f","encryptedDataKey":"","tenant":"n","appName":"ap","type":"text","createTime":1795254787457,"modifyTime":1795254787457,"createUser":null,"createIp":"10.9.8.1","desc":null,"use":null,"effect":null,"schema":null,"configTags":"a,b"}`,
			`{"id":"3","lastId":-1,"dataId":"d","group":"G","tenant":"n","appName":"","md5":null,"content":null,"srcIp":"","srcUser":null,"opType":"U         ","publishType":"formal","grayName":"","extInfo":"{\"type\":\"text\"}","createdTime":"2010-05-05T00:00:00.000+00:00","lastModifiedTime":"2026-11-21T09:53:07.457+00:00","encryptedDataKey":null}`,
		},
	} {
		b, err := behaviour.ForLine(behaviour.Line(test.line))
		if err != nil {
			t.Fatal(err)
		}
		c := call{&web.Call{Server: &web.Server{B: b}}, nil}
		if got := string(web.Encode(c.complete(row))); got != test.all {
			t.Errorf("%s shows a configuration as\n%s, want\n%s", test.line, got, test.all)
		}
		if got := string(web.Encode(c.historyRow(history))); got != test.history {
			t.Errorf("%s shows a row of history as\n%s, want\n%s", test.line, got, test.history)
		}
	}
}
