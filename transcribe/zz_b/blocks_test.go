package zzb
import ("testing";"os";"fmt";"encoding/json";"github.com/wxgen/wxgen/transcribe/source";"github.com/wxgen/wxgen/transcribe/repair";"github.com/wxgen/wxgen/transcribe/lines";"github.com/wxgen/wxgen/transcribe/block";"github.com/wxgen/wxgen/transcribe/assemble")
type rd struct{n string; rec func(source.Text) bool; read func(source.Text) ([]block.Block,error)}
var rds=[]rd{{lines.Docinline,lines.RecogniseDocinline,lines.ReadDocinline},{lines.Bullets,lines.RecogniseBullets,lines.ReadBullets},{lines.TrailingLabels,lines.RecogniseTrailingLabels,lines.ReadTrailingLabels},{lines.Copy,lines.RecogniseCopy,lines.ReadCopy},{lines.Docline,lines.RecogniseDocline,lines.ReadDocline}}
var names=map[block.Kind]string{block.Line:"line",block.Heading:"HEAD",block.Field:"FIELD",block.Item:"item",block.Open:"OPEN",block.Close:"CLOSE",block.Folded:"FOLDED",block.Row:"ROW",block.Code:"CODE"}
func TestBlocks(t *testing.T){
 f:=os.Getenv("F"); if f=="" {t.Skip()}
 d,_:=os.ReadFile(f)
 s,err:=source.Read(f,d); if err!=nil{t.Fatal(err)}
 for _,p:=range repair.Text(s){
  for _,r:=range rds { if !r.rec(p){continue}
   bs,err:=r.read(p); fmt.Println("#####",r.n,len(bs),err,p.Repairs)
   if os.Getenv("BLOCKS")!="" { for _,b:=range bs { switch b.Kind {
    case block.Field: fmt.Println(b.Pos.Line,b.Pos.Col,names[b.Kind],b.Field.Depth,b.Field.Name,b.Field.Need,b.Field.Type,"|",b.Field.Text)
    case block.Row: fmt.Print(b.Pos.Line," ROW"); for _,c:=range b.Cells{fmt.Printf(" [%s]",c.Text)}; fmt.Println()
    case block.Code: fmt.Printf("%d CODE %.60q…%.40q\n",b.Pos.Line,b.Text,b.Text[max(0,len(b.Text)-30):])
    default: fmt.Println(b.Pos.Line,b.Pos.Col,names[b.Kind],b.Value,b.Text) }}}
   pg,err:=assemble.Page(f,r.n,bs,assemble.Options{Repairs:p.Repairs})
   if err!=nil {fmt.Println("ERR",err)}
   if pg!=nil && os.Getenv("PAGE")!="" {j,_:=json.MarshalIndent(pg,""," "); fmt.Println(string(j))}
   break
  }
 }
}
