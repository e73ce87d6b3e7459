module github.com/wxgen/wxgen/wxpay/openssl

go 1.26.0

require github.com/wxgen/wxgen v0.0.0

replace github.com/wxgen/wxgen => ../../
