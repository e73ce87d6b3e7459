package diff

import (
	"encoding/json"
	"io"

	"github.com/wxgen/wxgen/generator/load"
)

// jsonReport is the report as programs read it.
type jsonReport struct {
	Old      string       `json:"old"`
	New      string       `json:"new"`
	Breaking bool         `json:"breaking"`
	Changes  []jsonChange `json:"changes"`
}

type jsonChange struct {
	Class     Class     `json:"class"`
	Kind      Kind      `json:"kind"`
	Package   string    `json:"package"`
	Operation string    `json:"operation"`
	Also      []string  `json:"also,omitempty"`
	What      string    `json:"what"`
	Old       string    `json:"old"`
	New       string    `json:"new"`
	Positions positions `json:"positions"`
}

// positions holds where a change stands on each side that has such a place.
type positions struct {
	Old *position `json:"old,omitempty"`
	New *position `json:"new,omitempty"`
}

// position is a place; line and column are zero for the file as a whole.
type position struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// JSON writes the report as one object.
func (r *Report) JSON(w io.Writer) error {
	out := jsonReport{Old: r.Old, New: r.New, Breaking: r.Breaking(), Changes: []jsonChange{}}
	for _, c := range r.Changes {
		out.Changes = append(out.Changes, jsonChange{
			Class: c.Class, Kind: c.Kind, Package: c.Package, Operation: c.Operation, Also: c.Also,
			What: c.What, Old: c.Old, New: c.New, Positions: positions{place(c.OldPos), place(c.NewPos)},
		})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

func place(pos load.Pos) *position {
	if pos == (load.Pos{}) {
		return nil
	}
	return &position{pos.File, pos.Line, pos.Col}
}
