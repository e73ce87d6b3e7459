package wxpay

import "context"

// SetNonce fixes the nonce of a client, so that a signature can be compared.
func SetNonce(c *Client, nonce string) { c.nonce = func() string { return nonce } }

// Authorization returns the header for a message that need not be one that Do would build.
func Authorization(c *Client, method, uri string, body []byte) (string, error) {
	return c.authorization(context.Background(), method, uri, body)
}

// Open decrypts as notifications are decrypted.
func Open(key, algorithm, nonce, associatedData, ciphertext string) ([]byte, error) {
	opener, err := newOpener(RSAScheme(OAEP), key)
	if err != nil {
		return nil, err
	}
	return opener.open(&sealed{Algorithm: algorithm, Nonce: nonce, AssociatedData: associatedData, Ciphertext: ciphertext})
}

// AlgorithmAES is the name of the one cipher.
const AlgorithmAES = algorithmAES

// OpenEvent reads the body of a notification as Parse does once the signature is verified.
func OpenEvent(c *Client, body []byte) (*Event, error) { return c.openEvent(body) }
