module github.com/wxgen/wxgen/bench

go 1.26.0

require (
	github.com/getkin/kin-openapi v0.152.0
	github.com/wxgen/wxgen v0.0.0
	go.yaml.in/yaml/v4 v4.0.0
)

require github.com/dave/jennifer v1.7.1 // indirect

require (
	github.com/go-openapi/jsonpointer v0.22.5 // indirect
	github.com/go-openapi/swag/jsonname v0.25.5 // indirect
	github.com/oasdiff/yaml v0.1.1 // indirect
	github.com/oasdiff/yaml3 v0.0.14 // indirect
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3 // indirect
	golang.org/x/text v0.43.0 // indirect
)

replace github.com/wxgen/wxgen => ../
