// What of libcrypto is used, wrapped so that each function is one call from Go. The errors of libcrypto are kept by thread,
// and a goroutine may change its thread between two calls, so each function collects its own.

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#define WX_ERROR 256

// wx_error writes the first error into text, and clears all.
static void wx_error(char *text) {
	unsigned long code = ERR_get_error();
	if (code == 0) {
		text[0] = 0;
	} else {
		ERR_error_string_n(code, text, WX_ERROR);
	}
	ERR_clear_error();
}

static EVP_PKEY *wx_parse(const unsigned char *der, long length, char *error) {
	ERR_clear_error();
	EVP_PKEY *key = d2i_AutoPrivateKey(NULL, &der, length);
	if (key == NULL || EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA) {
		wx_error(error);
		EVP_PKEY_free(key);
		return NULL;
	}
	return key;
}

// wx_sign makes a signature by RSASSA-PKCS1-v1_5 of a digest. It returns 1 if that succeeded.
static int wx_sign(EVP_PKEY *key, const char *hash, const unsigned char *digest, size_t digest_length,
                   unsigned char *signature, size_t *signature_length, char *error) {
	ERR_clear_error();
	const EVP_MD *md = EVP_get_digestbyname(hash);
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(key, NULL);
	int done = md != NULL && ctx != NULL && EVP_PKEY_sign_init(ctx) == 1 &&
	           EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PADDING) == 1 &&
	           EVP_PKEY_CTX_set_signature_md(ctx, md) == 1 &&
	           EVP_PKEY_sign(ctx, signature, signature_length, digest, digest_length) == 1;
	if (!done) {
		wx_error(error);
	}
	EVP_PKEY_CTX_free(ctx);
	return done;
}

// wx_decrypt decrypts by RSAES-OAEP with an empty label. It returns 1 if that succeeded, and never tells why it did not.
static int wx_decrypt(EVP_PKEY *key, const char *hash, const char *mgf_hash, const unsigned char *ciphertext,
                      size_t ciphertext_length, unsigned char *plaintext, size_t *plaintext_length) {
	const EVP_MD *md = EVP_get_digestbyname(hash);
	const EVP_MD *mgf_md = EVP_get_digestbyname(mgf_hash);
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(key, NULL);
	int done = md != NULL && mgf_md != NULL && ctx != NULL && EVP_PKEY_decrypt_init(ctx) == 1 &&
	           EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_OAEP_PADDING) == 1 &&
	           EVP_PKEY_CTX_set_rsa_oaep_md(ctx, md) == 1 &&
	           EVP_PKEY_CTX_set_rsa_mgf1_md(ctx, mgf_md) == 1 &&
	           EVP_PKEY_decrypt(ctx, plaintext, plaintext_length, ciphertext, ciphertext_length) == 1;
	ERR_clear_error();
	EVP_PKEY_CTX_free(ctx);
	return done;
}
