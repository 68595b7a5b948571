package coreapi

import "github.com/nacos-tck/nacos-tck/refserver/httpapi/web"

// The types of the bodies that operators send.
const (
	memberClass = "com.alibaba.nacos.core.cluster.Member"
	requests    = "com.alibaba.nacos.core.model.request."
)

var (
	memberShape  = web.Shape{Class: memberClass, Fields: map[string]string{"ip": "text", "address": "text", "port": "int"}}
	membersShape = web.Shape{Class: "java.util.ArrayList<" + memberClass + ">", List: true, Items: &memberShape}
	namesShape   = web.Shape{Class: "java.util.ArrayList<java.lang.String>", List: true}
	raftShape    = web.Shape{
		Class:  "com.alibaba.nacos.core.model.form.v3.RaftCommandForm",
		Fields: map[string]string{"groupId": "text", "command": "text", "value": "text"},
	}
	logShape    = web.Shape{Class: requests + "LogUpdateRequest", Fields: map[string]string{"logName": "text", "logLevel": "text"}}
	lookupShape = web.Shape{Class: requests + "LookupUpdateRequest", Fields: map[string]string{"type": "text"}}
)
