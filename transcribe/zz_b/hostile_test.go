package zzb
import ("testing";"strings";"os";"syscall";"fmt";"github.com/wxgen/wxgen/transcribe/source";"github.com/wxgen/wxgen/transcribe/repair")
func cpu() float64 { var r syscall.Rusage; syscall.Getrusage(0,&r); return float64(r.Utime.Sec)+float64(r.Utime.Usec)/1e6 }
func TestH(t *testing.T){ if os.Getenv("H")=="" {t.Skip()}
 for _,u:=range []string{"1\n","可选取值\nA\n: 甲B\n: 乙C\n: 丙\n","请求示例\n{\n","1{\n2\n","a 必填 string\n"} { for _,n:=range []int{1<<18,1<<19,1<<20} {
  text,_:=source.Read("x",[]byte("请求方式：【POST】/v3/a\n"+strings.Repeat(u,n/len(u))))
  c0:=cpu(); ps:=repair.Text(text); c1:=cpu()
  for _,r:=range rds { r.rec(ps[0]) }; c2:=cpu()
  rds[0].read(ps[0]); c3:=cpu()
  fmt.Printf("%q %d repair %.2f rec %.2f read %.2f\n",u,n,c1-c0,c2-c1,c3-c2)
 }}}
