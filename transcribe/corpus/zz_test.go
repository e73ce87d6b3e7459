package corpus_test
import ("testing";"os";"fmt";"github.com/wxgen/wxgen/transcribe/corpus";"strings";"github.com/wxgen/wxgen/transcribe";"github.com/wxgen/wxgen/transcribe/page";"github.com/wxgen/wxgen/transcribe/infer")
func TestZZ(t *testing.T){
 for _,c:=range corpus.Pages(){ if c.Name!=os.Getenv("ZZ") {continue}
  p,err:=transcribe.Read(c.File,[]byte(c.Text),transcribe.Options{})
  if err!=nil {t.Fatal(err)}
  if os.Getenv("RAW")=="" {infer.Complete(p)}
  var dump func(ind string,fs []*page.Field)
  dump=func(ind string,fs []*page.Field){for _,f:=range fs{fmt.Println(ind+f.Name.Value,f.Type.Value,f.Unended,f.Folded);dump(ind+"  ",f.Fields)}}
  for _,o:=range p.Operations{fmt.Println(o.Method.Value,o.Path.Value);dump(" P ",o.Parameters);dump(" B ",o.Body);for _,r:=range o.Requests{fmt.Println("REQ",r.Lang,strings.ReplaceAll(r.Text[:min(len(r.Text),1200)],"\n","⏎"))}
   for _,r:=range o.Samples{fmt.Println("SAMPLE",r.Lang,r.Text[:min(len(r.Text),300)])}
   for _,a:=range o.Answers{dump(" A ",a.Fields);for _,r:=range a.Examples{fmt.Println("EX",r.Lang,r.Text)}}}
  for _,e:=range p.Events{dump(" E ",e.Envelope);dump(" R ",e.Resource);for _,r:=range e.Examples{fmt.Println("EX",r.Text)};for _,r:=range e.Decrypted{fmt.Println("DEC",r.Text)}}
  for _,f:=range p.Findings{fmt.Println(f)}
 }
}
