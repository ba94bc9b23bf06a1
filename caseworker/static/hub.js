// Progressive enhancement only: the page is complete without it.
(() => {
  const $ = (s, r = document) => r.querySelector(s), $$ = (s, r = document) => [...r.querySelectorAll(s)];
  const say = t => { const l = $('#live'); l.textContent = ''; setTimeout(() => l.textContent = t, 30); };

  $$('[data-js]').forEach(e => e.hidden = false);

  // provenance: hover or tap; the keyboard equivalent is "Vis kilder"
  const pop = $('#prov-pop'); let timer;
  const row = (dl, k, v) => { if (!v) return; const a = document.createElement('dt'), b = document.createElement('dd'); a.textContent = k; b.textContent = v; dl.append(a, b); };
  const show = el => {
    const dl = document.createElement('dl'), d = el.dataset;
    row(dl, 'Kilde', d.kilde); row(dl, 'Snitflade', d.snit); row(dl, 'Hentet', d.hentet); row(dl, 'Gyldig', d.gyldig); row(dl, 'Note', d.note);
    pop.replaceChildren(dl); pop.hidden = false;
    const r = el.getBoundingClientRect();
    pop.style.left = Math.max(8, Math.min(r.left + scrollX, scrollX + innerWidth - pop.offsetWidth - 8)) + 'px';
    pop.style.top = r.bottom + scrollY + 8 + 'px';
  };
  const hide = () => { clearTimeout(timer); timer = setTimeout(() => pop.hidden = true, 120); };
  $$('.prov').forEach(el => {
    el.addEventListener('mouseenter', () => { clearTimeout(timer); timer = setTimeout(() => show(el), 180); });
    el.addEventListener('mouseleave', hide); el.addEventListener('click', () => show(el));
  });
  pop?.addEventListener('mouseenter', () => clearTimeout(timer)); pop?.addEventListener('mouseleave', hide);
  addEventListener('keydown', e => { if (e.key === 'Escape' && pop) pop.hidden = true; });

  const srcBtn = $('.js-src');
  const toggleSrc = () => { if (!srcBtn) return; const on = document.body.classList.toggle('show-src'); srcBtn.setAttribute('aria-pressed', on); say(on ? 'Kilder vises' : 'Kilder skjules'); };
  srcBtn?.addEventListener('click', toggleSrc);

  const copyBtn = $('.js-copy');
  const copy = async () => { if (!copyBtn) return; try { await navigator.clipboard.writeText(copyBtn.dataset.copy); say('CPR-nummer kopieret'); } catch { say('Kunne ikke kopiere'); } };
  copyBtn?.addEventListener('click', copy);
  $('.js-print')?.addEventListener('click', () => print());

  $$('.js-chip').forEach(c => c.addEventListener('click', () => {
    $$('.js-chip').forEach(x => x.setAttribute('aria-pressed', x === c));
    const k = c.dataset.k; let n = 0;
    $$('.tl li').forEach(li => { li.hidden = k && li.dataset.k !== k; n += !li.hidden; });
    say(n + ' hændelser vises');
  }));

  // hent igen: look again by itself until every system has answered
  const asked = $('#anmodning[data-tilstand=waiting], #anmodning[data-tilstand=running]'); let wait = 1500;
  const look = async () => {
    const next = $('#igen'); if (!next) return;
    try {
      const page = new DOMParser().parseFromString(await (await fetch(next.href, { credentials: 'same-origin' })).text(), 'text/html');
      const now = $('#indhold', page); if (!$('#anmodning', now)) return;
      $('#indhold').replaceChildren(...now.childNodes);
      if ($('#igen')) setTimeout(look, wait = Math.min(wait * 2, 20000)); else say($('#h-anm').textContent);
    } catch { setTimeout(look, 20000); }
  };
  if (asked) setTimeout(look, wait);

  // single-key shortcuts, can be turned off (WCAG 2.1.4)
  const dlg = $('#help'), on = $('#keys-on');
  if (!on) return;
  on.checked = localStorage.getItem('genveje') !== 'fra';
  on.addEventListener('change', () => localStorage.setItem('genveje', on.checked ? 'til' : 'fra'));
  $('.js-help')?.addEventListener('click', () => dlg.showModal());
  addEventListener('keydown', e => {
    if (!on.checked || e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName) || dlg.open) return;
    const k = e.key.toLowerCase(), jump = $$('.jump a')[+k - 1];
    if (k === '/') { e.preventDefault(); $('#q').focus(); } else if (k === '?') dlg.showModal();
    else if (k === 'k') toggleSrc(); else if (k === 'c') copy(); else if (jump) jump.click();
  });
})();
