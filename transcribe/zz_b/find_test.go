package zzb
import ("testing";"os";"fmt";"github.com/wxgen/wxgen/transcribe";"github.com/wxgen/wxgen/transcribe/infer";"github.com/wxgen/wxgen/transcribe/page")
func TestFind(t *testing.T){
 f:=os.Getenv("F"); if f=="" {t.Skip()}
 d,_:=os.ReadFile(f)
 p,err:=transcribe.Read(f,d,transcribe.Options{}); if err!=nil{t.Fatal(err)}
 if os.Getenv("INFER")!="" { infer.Complete(p)}
 for _,x:=range p.Findings { fmt.Println(x) }
 fmt.Println("repairs",p.Repairs,"format",p.Format,"lines",p.Lines,"unused",p.Unused)
 show:=func(w string, fs []*page.Field){ page.Walk(fs,func(path string,f *page.Field){ var e []string; for _,v:=range f.Enum {e=append(e,v.Value.Value)}; fmt.Println("  ",w,path,f.Place.Value,f.Type.Value,f.Items.Value,f.Required.Value,f.MinLength.Value,f.MaxLength.Value,f.Maximum.Value,f.Label.Value,e,f.Example.Value,f.Folded,f.Unended) }) }
 for _,o:=range p.Operations { fmt.Println("OP",o.Title.Value,"|",o.Updated.Value,"|",o.Method.Value,o.Path.Value,o.Roles,o.RateLimits,len(o.Requests),len(o.Samples)); show("param",o.Parameters); show("body",o.Body)
  for _,a:=range o.Answers{ fmt.Println(" ANSWER",a.Status.Value,a.Empty.Value,len(a.Examples)); show("ans",a.Fields)}
  for _,e:=range o.Errors{ fmt.Println("  ERR",e.Status.Value,e.Code.Value,e.Common,e.Continued,"|",e.Description.Value,"|",e.Solution.Value)}}
 for _,e:=range p.Events { fmt.Println("EVENT",e.Title.Value,e.Types); show("env",e.Envelope); show("res",e.Resource)}
}
