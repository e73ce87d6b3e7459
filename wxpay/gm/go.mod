module github.com/wxgen/wxgen/wxpay/gm

go 1.26.0

require (
	github.com/emmansun/gmsm v0.44.0
	github.com/wxgen/wxgen v0.0.0
)

require golang.org/x/crypto v0.53.0 // indirect

replace github.com/wxgen/wxgen => ../../
