import os, time, traceback, json
from collections import Counter
from tests.campaign.draw import draw
from tests.campaign import play as P
from tests.campaign.play import play
def test_dev(twin, postgres):
    a,b=map(int,os.environ["SEEDS"].split("-"))
    orig=P.sync_all
    def timed(ids):
        t=time.monotonic(); r=orig(ids); d=time.monotonic()-t
        if d>4: print("   slow", ids, round(d,1), r[0].error and r[0].error[:100], [f for f in cur if f["system"]==ids[0]], flush=True)
        return r
    P.sync_all=timed
    worst=Counter()
    for seed in range(a,b):
        s=draw(seed); t=time.monotonic(); cur=[f for n in s.nights.values() for f in n]
        try:
            f=play(s, twin(seed%int(os.environ.get("TOWNS","1"))), postgres); print(seed,"ok",round(time.monotonic()-t,1),f.nights,f.lines,dict(f.states),flush=True)
        except BaseException as e:
            if isinstance(e, KeyboardInterrupt): raise
            print(seed,"FAIL",round(time.monotonic()-t,1),type(e).__name__,str(e)[:600],"loaded",s.loaded,"rot",s.rotation,flush=True)
            for n,fs in s.nights.items(): print("    ",n,[json.dumps(x) for x in fs],flush=True)
            if not isinstance(e,(AssertionError,)): traceback.print_exc()
