package zzb
import ("testing";"os";"fmt";"github.com/wxgen/wxgen/transcribe/source";"github.com/wxgen/wxgen/transcribe/repair")
func TestDump(t *testing.T){
 f:=os.Getenv("F"); if f=="" {t.Skip()}
 d,_:=os.ReadFile(f)
 s,err:=source.Read(f,d); if err!=nil{t.Fatal(err)}
 for _,p:=range repair.Text(s){ fmt.Println("##### page",p.Repairs); for _,l:=range p.Lines{ fmt.Printf("%v|%s\n",l.Pos(0).Line,l.Text)}}
}
