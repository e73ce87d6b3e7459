package sandbox

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/wxgen/wxgen/wxpay"
)

// The files of an identity. The first three are named as those that a merchant gets from WeChat Pay.
const (
	keyFile         = "apiclient_key.pem"
	certificateFile = "apiclient_cert.pem"
	publicKeyFile   = "pub_key.pem"
	platformFile    = "wechatpay.json"

	// ignoreFile keeps the keys out of version control.
	ignoreFile = ".gitignore"
)

var identityFiles = []string{keyFile, certificateFile, publicKeyFile, platformFile}

// platformSide is the content of platformFile: what WeChat Pay knows and the merchant's files do not hold.
type platformSide struct {
	MchID       string `json:"mchid"`
	APIv3Key    string `json:"apiv3_key"`
	PublicKeyID string `json:"public_key_id"`
	PrivateKey  string `json:"wechatpay_private_key"` // PEM
}

// OpenIdentity loads the identity that a folder holds, or makes one if the folder is new or empty. Other programs find the
// merchant's keys in it under the names that WeChat Pay gives them: apiclient_key.pem, apiclient_cert.pem and pub_key.pem.
//
// A folder that holds anything else is refused, so that no real key is ever mixed up with those of the sandbox.
func OpenIdentity(folder string) (*Identity, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return nil, fmt.Errorf("open the sandbox identity: %w", err)
	}
	if target, err := filepath.EvalSymlinks(folder); err == nil {
		folder = target
	}
	identity, err := loadIdentity(folder)
	if errors.Is(err, errNoIdentity) {
		identity, err = createIdentity(folder)
	}
	if err != nil {
		return nil, fmt.Errorf("open the sandbox identity: %w", err)
	}
	return identity, nil
}

var errNoIdentity = errors.New("the folder is empty")

// createIdentity writes a new identity beside the folder and then renames it, so that it is there wholly or not at all.
// When another process was faster, its identity is taken.
func createIdentity(folder string) (*Identity, error) {
	identity, err := NewIdentity()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(folder), 0o700); err != nil {
		return nil, err
	}
	draft, err := os.MkdirTemp(filepath.Dir(folder), ".sandbox-*") // 0700
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(draft)
	if err := identity.write(draft); err != nil {
		return nil, err
	}
	_ = os.Remove(folder) // only an empty folder can be removed; Rename decides
	if err := os.Rename(draft, folder); err != nil {
		if other, loadErr := loadIdentity(folder); loadErr == nil {
			return other, nil
		}
		return nil, err
	}
	identity.folder = folder
	return identity, nil
}

func (i *Identity) write(folder string) error {
	key, err := x509.MarshalPKCS8PrivateKey(i.key)
	if err != nil {
		return err
	}
	platformKey, err := x509.MarshalPKCS8PrivateKey(i.platform.key)
	if err != nil {
		return err
	}
	public, err := x509.MarshalPKIXPublicKey(&i.platform.key.PublicKey)
	if err != nil {
		return err
	}
	platform, err := json.MarshalIndent(platformSide{
		MchID: i.mchID, APIv3Key: i.apiV3Key, PublicKeyID: i.platform.id,
		PrivateKey: string(pemText("PRIVATE KEY", platformKey)),
	}, "", "  ")
	if err != nil {
		return err
	}
	for name, content := range map[string][]byte{
		keyFile:         pemText("PRIVATE KEY", key),
		certificateFile: pemText("CERTIFICATE", i.certificate.Raw),
		publicKeyFile:   pemText("PUBLIC KEY", public),
		platformFile:    append(platform, '\n'),
		ignoreFile:      []byte("*\n"),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func pemText(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}

// loadIdentity reads a folder. The error is errNoIdentity where there is none and one can be made.
func loadIdentity(folder string) (*Identity, error) {
	if err := checkFiles(folder); err != nil {
		return nil, err
	}
	identity, err := readIdentity(folder)
	if err != nil {
		return nil, fmt.Errorf("%w; remove the folder %s to start with a new identity", err, folder)
	}
	return identity, nil
}

// checkFiles reports files that are missing, and folders that are someone else's.
func checkFiles(folder string) error {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return errNoIdentity
	}
	if err != nil {
		return err
	}
	var missing []string
	for _, name := range identityFiles {
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
			missing = append(missing, name)
		}
	}
	switch {
	case len(missing) == 0:
		return nil
	case missing[len(missing)-1] == platformFile:
		return fmt.Errorf("the folder %s holds files, but not those of a sandbox (no %s): name another folder, new or empty", folder, platformFile)
	}
	return fmt.Errorf("%s: %s is missing; remove the folder to start with a new identity", folder, strings.Join(missing, " and "))
}

func readIdentity(folder string) (*Identity, error) {
	i := &Identity{folder: folder}
	if err := i.readPlatform(filepath.Join(folder, platformFile)); err != nil {
		return nil, err
	}
	var err error
	if i.key, err = wxpay.LoadPrivateKey(filepath.Join(folder, keyFile)); err != nil {
		return nil, err
	}
	if i.certificate, err = wxpay.LoadCertificate(filepath.Join(folder, certificateFile)); err != nil {
		return nil, err
	}
	public, err := wxpay.LoadPublicKey(filepath.Join(folder, publicKeyFile))
	if err != nil {
		return nil, err
	}
	return i, i.checkPairs(folder, public)
}

func (i *Identity) readPlatform(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var side platformSide
	if json.Unmarshal(text, &side) != nil { // its error could quote a key
		return fmt.Errorf("%s: it is damaged: not the JSON that the sandbox writes", path)
	}
	i.mchID, i.apiV3Key, i.platform.id = side.MchID, side.APIv3Key, side.PublicKeyID
	if i.platform.key, err = wxpay.ParsePrivateKey([]byte(side.PrivateKey)); err != nil {
		return fmt.Errorf("%s: wechatpay_private_key: %w", path, err)
	}
	if len(i.apiV3Key) != apiV3KeySize {
		return fmt.Errorf("%s: apiv3_key has %d bytes instead of %d", path, len(i.apiV3Key), apiV3KeySize)
	}
	i.aead, err = newAEAD(i.apiV3Key)
	return err
}

// checkPairs reports files that are whole, but come from different identities.
func (i *Identity) checkPairs(folder string, public *rsa.PublicKey) error {
	certified, _ := i.certificate.PublicKey.(*rsa.PublicKey)
	switch {
	case certified == nil || !certified.Equal(i.key.Public()):
		return fmt.Errorf("%s does not belong to %s", filepath.Join(folder, certificateFile), keyFile)
	case !public.Equal(i.platform.key.Public()):
		return fmt.Errorf("%s does not belong to the private key in %s", filepath.Join(folder, publicKeyFile), platformFile)
	}
	if _, err := wxpay.NewClient(i.Config("")); err != nil {
		return fmt.Errorf("%s: %w", folder, err)
	}
	return nil
}

// Environment returns the environment variables, NAME=value, with which the examples and other programs call a server at
// baseURL as this merchant. They name files, so the identity must come from [OpenIdentity]. One of them is the APIv3 key.
func (i *Identity) Environment(baseURL string) ([]string, error) {
	if i.folder == "" {
		return nil, errors.New("sandbox: this identity is in memory only: open one in a folder, since the variables name files")
	}
	return []string{
		"WXPAY_MCHID=" + i.mchID,
		"WXPAY_SERIAL_NO=" + i.SerialNo(),
		"WXPAY_PRIVATE_KEY_FILE=" + filepath.Join(i.folder, keyFile),
		"WXPAY_APIV3_KEY=" + i.apiV3Key,
		"WXPAY_PUBLIC_KEY_ID=" + i.platform.id,
		"WXPAY_PUBLIC_KEY_FILE=" + filepath.Join(i.folder, publicKeyFile),
		"WXPAY_BASE_URL=" + baseURL,
	}, nil
}
