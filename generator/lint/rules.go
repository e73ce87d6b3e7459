package lint

import (
	"errors"
	"fmt"
	"slices"
)

// Rule is one demand on specs.
type Rule struct {
	ID    string
	Says  string                  // what it demands, in a line
	check func(f *file, r report) // nil: it is not applied to one file at a time
}

// Rules lists all rules, in the order in which specs/README.md shows them.
func Rules() []Rule { return slices.Clone(rules) }

var rules = []Rule{
	{"load", "The file can be read: YAML, references, and keywords that wxgen knows. Cannot be silenced.", nil},
	{"openapi", "The file is valid OpenAPI 3.1, as kin-openapi judges it.", checkOpenAPI},
	{"dialect", "Extensions, and the glossary, are as dialect.schema.json wants them.", checkDialect},
	{"references", "References lead to the same file or to common.yaml.", checkReferences},
	{"required-names", "What `required` names is a property, also beside `allOf` and `$ref`.", checkRequiredNames},
	{"unused-component", "Every component is used by an operation or a webhook of some file.", nil},
	{"shape-names", "No two shapes of a package want the same name, nor names that differ in capitals only.", checkShapeNames},
	{"go-package", "The file can become a Go package.", checkGoPackage},
	{"go-names", "Names of operations, schemas and values, and pinned ones, are in Go style (`MchID`, not `MchId`).", checkGoNames},

	{"label", "Every parameter and field has a `title`, or a label in the glossary.", checkLabels},
	{"explanation", "Every parameter and field has a `description`, or one in the glossary.", checkExplanations},
	{"english", "Descriptions and notes are English and use no Chinese punctuation but inside Chinese names.", checkEnglish},
	{"full-stop", "Descriptions and notes end with a full stop.", checkFullStop},
	{"trailing-blanks", "No line and no text ends with blanks.", checkTrailingBlanks},
	{"machine-path", "No text names a folder of somebody's machine.", checkMachinePaths},
	{"todo", "No `x-wx-todo` is left.", checkTodo},

	{"operation-id", "An `operationId` does not repeat the package's name; that of a webhook begins with `On`.", checkOperationID},
	{"operation-summary", "Operations have a `summary`: the page's Chinese title, without API at its end.", checkSummaries},
	{"operation-description", "Operations have a `description` that begins with a verb in the third person.", checkDescriptions},
	{"operation-source", "Operations say with `x-wx-doc` from which page they come, of which day, and for which roles. Without a page, a note says where the facts are from.", checkSources},
	{"operation-answers", "Operations declare a 2xx answer, and `default` for errors.", checkAnswers},
	{"operation-examples", "JSON bodies and answers, and parameters that are required, have examples.", checkOperationExamples},
	{"servers", "Whoever calls api.mch.weixin.qq.com also names the backup domain behind it.", checkServers},
	{"webhook", "A webhook is complete: event type, original type, body, `security: []`, an example of its resource.", checkWebhooks},
	{"event-member", "Webhooks of one event type and original type are told apart by `member`, a required property of the resource.", checkEventMember},

	{"example-schema", "Examples fit their schemas, also as JSON in a string (`contentSchema`).", checkExamples},
	{"enum-values", "Enums explain each value (`x-enumDescriptions`), or a note says why not.", checkEnumValues},
	{"enum-names", "The `x-enum-varnames` of an enum are unique.", checkEnumNames},

	{"error-common", "Error tables hold the four common rows, by reference.", checkErrorCommon},
	{"error-texts", "Error rows have a short Chinese meaning, an explanation and a solution in English.", checkErrorTexts},
	{"error-status", "Error rows have an HTTP status that exists.", checkErrorStatus},
	{"error-twice", "No error row stands twice in a table.", checkErrorTwice},

	{"page-missing", "An operation that takes a place and a size and answers a list has `x-wx-page`.", checkPageMissing},
	{"page-limit", "The size of a page has a `maximum`, or a note why not, and `maxLimit` and `maxOffset` repeat it.", checkPageLimits},
	{"page-fields", "The fields that `x-wx-page` names have fitting types.", checkPageFields},

	{"sensitive", "Fields that WeChat Pay encrypts elsewhere have `x-wx-sensitive`, or a note why not.", checkSensitive},
	{"time-format", "Strings that hold a time have `format: date-time`, or say what else they hold.", checkTimes},
	{"amount-unit", "Amounts say their unit, which is fen nearly always.", checkAmounts},

	{"ignore", "Comments that silence a rule name it, give a reason, and silence something. Cannot be silenced.", nil},
}

// always are the rules that say whether the others can be trusted.
var always = []string{"load", "ignore"}

func known(id string) bool {
	return slices.ContainsFunc(Rules(), func(r Rule) bool { return r.ID == id })
}

// choose gives the rules that are wanted.
func choose(opts Options) ([]Rule, error) {
	for _, id := range slices.Concat(opts.Only, opts.Without) {
		if !known(id) {
			return nil, fmt.Errorf("no rule is called %q (wxgen lint --rules lists them)", id)
		}
	}
	if slices.Contains(opts.Without, "load") {
		return nil, errors.New("the rule load cannot be left out: files that cannot be read cannot be judged")
	}
	return slices.DeleteFunc(Rules(), func(r Rule) bool {
		left := len(opts.Only) > 0 && !slices.Contains(opts.Only, r.ID)
		return left || slices.Contains(opts.Without, r.ID)
	}), nil
}
