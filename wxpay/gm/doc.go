// Package gm is the 国密 variant of WeChat Pay: signatures by SM2 with SM3, notifications and certificates sealed by
// SM4-GCM, sensitive fields encrypted by SM2. WeChat Pay has to enable it for a merchant; all others use the RSA that package
// wxpay has by itself.
//
//	key, err := gm.LoadPrivateKey("apiclient_key.pem")
//	…
//	client, err := wxpay.NewClient(wxpay.Config{
//		Scheme:     gm.Scheme(),
//		Signer:     key,
//		APIv3Key:   apiV3Key,
//		PublicKeys: new(wxpay.DownloadedCertificates), // which asks for SM2 certificates then
//		…
//	})
//
// RSA merchants need one thing of it: files of invoices bear an SM3 digest. Config.Hashes takes it:
//
//	wxpay.Config{Hashes: map[string]func() hash.Hash{wxpay.HashSM3: gm.NewSM3}, …}
//
// It is a module of its own, because the algorithms are those of github.com/emmansun/gmsm, which is not in the standard
// library. What is on the wire follows the official Java SDK (module shangmi), the only public source, whose test values this
// package reproduces.
package gm
