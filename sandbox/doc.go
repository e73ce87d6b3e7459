// Package sandbox is a WeChat Pay (微信支付) that runs in the process. It is for tests, as net/http/httptest is, for examples,
// and for trying things out: WeChat Pay itself has no test environment for APIv3.
//
//	func TestRecords(t *testing.T) {
//		srv := sandbox.Start(t)
//		client := records.NewClient(srv.Client())
//		page, err := client.List(t.Context(), req)
//		…
//	}
//
// A [Server] is strict where WeChat Pay is: it verifies the signature, the serial number, the clock and the nonce of each
// request, and holds the request against the spec of the operation. What it refuses it answers with the error that WeChat Pay
// would give, in words that say what to mend. What it accepts it answers with the example of the documentation, signed.
// Fields of the answer that the request bears too come back as they were sent, and lists can be paged through.
//
// # Errors and answers of one's own
//
// [Server.Fail] makes a call fail as the documentation says it can, [Server.Handle] computes the answer of an operation, and
// [Server.Apply] takes a [Rule] that can do either, slow a call down, or alter what was signed. A program that cannot reach
// the Server sends the header Sandbox-Error with the code that it wants, see [ErrorHeader].
// What was received is in [Server.Calls].
//
// # Faults
//
// A Rule with a [Fault] breaks connections, sends answers slowly or without end, or spoils their signatures. A server with
// [WithBackup] has two domains, and [Server.Down] takes one down. [WithKeys] gives the merchant platform certificates, which
// [Server.Rotate] changes. What the runtime makes of each fault is in docs/guides/faults.md.
//
// # Built in
//
// Some operations work whether a spec describes them or not: GET /v3/certificates, POST /v3/security/echo, and the download of
// files, which [Server.AddFile] makes. Sensitive fields are decrypted on their way in, so that they are validated and echoed
// as plain text, and encrypted to the merchant on their way out.
//
// # Notifications
//
// [Server.Notify] encrypts and signs a notification and sends it to an address, as WeChat Pay does.
//
// # Identity
//
// A merchant needs keys. By default they are made once a process and never leave it; [OpenIdentity] keeps them in a folder,
// so that other programs can use them.
package sandbox
