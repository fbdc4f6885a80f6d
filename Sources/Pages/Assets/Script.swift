/// The one script: comfort only, for every page works without it.
///
/// On a sheet a tap is kept at once and waits in the browser while there is no line; everybody's marks come in as they
/// are made. In lists with a search field rows are found as one types.
let script = """
    "use strict";
    (() => {
      const faults = document.getElementById("faults");
      if (faults) faults.focus();

      for (const form of document.querySelectorAll("form[method=post]")) {
        form.addEventListener("submit", event => {
          if (form.dataset.sent) event.preventDefault();
          form.dataset.sent = "yes";
          setTimeout(() => delete form.dataset.sent, 5000);
        });
      }

      const section = document.querySelector("[data-sheet]");
      if (!section) return;
      const form = section.querySelector("form[action$='/marks']");
      if (!form) return;
      const place = section.dataset.sheet;
      const store = "marks " + place;
      const chip = section.querySelector("[data-saved]");
      const count = section.querySelector("[data-count]");
      const bar = section.querySelector("progress");
      const rows = new Map([...form.querySelectorAll("[data-member]")].map(row => [row.dataset.member, row]));
      section.querySelector("[data-without-script]").hidden = true;

      let queue = [];
      try { queue = JSON.parse(localStorage.getItem(store)) || []; } catch { queue = []; }
      let isSending = false;
      let pause = 1000;

      const keep = () => {
        try { queue.length ? localStorage.setItem(store, JSON.stringify(queue)) : localStorage.removeItem(store); } catch { }
        const waiting = new Set(queue.map(wish => wish.member));
        rows.forEach((row, member) => row.classList.toggle("waiting", waiting.has(member)));
        chip.textContent = queue.length ? chip.dataset.waiting.replace("{n}", queue.length) : chip.dataset.saved;
      };
      const letter = row => (row.querySelector("input[type=radio]:checked") || { value: "" }).value;
      const field = (row, name) => row.querySelector(`input[name="${name}.${row.dataset.member}"]`);

      // What was read first may come last: an answer and what is told come on lines of their own.
      let latest = null;
      const newest = state => {
        const [is, was] = [state.moment || [], latest && latest.moment || []];
        if (!((is[0] - was[0] || is[1] - was[1]) < 0)) return latest = state;
        const others = new Set(state.marks.filter(line => line.was_marked_by_another).map(line => line.member));
        return { ...latest, marks: latest.marks.map(line => ({ ...line, was_marked_by_another: others.has(line.member) })) };
      };

      const show = read => {
        const state = newest(read);
        if (state.status !== "open" && state.status !== "scheduled") return location.reload();
        const waiting = new Set(queue.map(wish => wish.member));
        let marked = 0;
        for (const line of state.marks) {
          if (line.mark && !line.on_leave) marked += 1;
          const row = rows.get(String(line.member));
          if (!row || waiting.has(row.dataset.member)) continue;
          for (const input of row.querySelectorAll("input[type=radio]")) input.checked = input.value === line.mark;
          field(row, "seen").value = line.mark || "";
          const standIn = field(row, "stand_in");
          if (document.activeElement !== standIn && line.stand_in !== null) standIn.value = line.stand_in;
          if (!line.was_marked_by_another) continue;
          // Said until they mark the row again; what is told of the sheet later does not say so any more.
          row.classList.add("other");
          chip.textContent = chip.dataset.other;
        }
        bar.max = Math.max(state.expected, 1);
        bar.value = marked;
        count.textContent = count.dataset.count.replace("{n}", marked).replace("{m}", state.expected);
        const everybody = section.querySelector(".everybody");
        if (everybody) everybody.hidden = marked >= state.expected;
      };

      const send = async () => {
        if (isSending || !queue.length) return;
        isSending = true;
        const wish = queue[0];
        const fields = new URLSearchParams({ form_token: form.elements.form_token.value, once: wish.once });
        for (const name of ["mark", "seen", "stand_in"]) fields.set(`${name}.${wish.member}`, wish[name]);
        try {
          const answer = await fetch(place + "/marks", { method: "POST", body: fields, headers: { Accept: "application/json" } });
          if (answer.status >= 500 || answer.status === 429) throw new Error("later");
          queue = queue.filter(other => other !== wish);
          keep();
          pause = 1000;
          if ((answer.headers.get("Content-Type") || "").startsWith("application/json")) show(await answer.json());
          else if (!answer.ok || answer.redirected) return location.reload();
          isSending = false;
          send();
        } catch {
          isSending = false;
          keep();
          setTimeout(send, pause);
          pause = Math.min(pause * 2, 30000);
        }
      };

      const mark = row => {
        const member = row.dataset.member;
        // Of two taps that wait, the last holds, beside what was seen before the first.
        const before = queue.slice(isSending ? 1 : 0).find(wish => wish.member === member);
        const wish = { member, mark: letter(row), seen: before ? before.seen : field(row, "seen").value,
          stand_in: field(row, "stand_in").value, once: crypto.randomUUID() };
        if (!wish.mark) return;
        queue = queue.filter(other => other !== before);
        queue.push(wish);
        row.classList.remove("other");
        if (!before) field(row, "seen").value = wish.mark;
        keep();
        send();
      };
      form.addEventListener("change", event => {
        const row = event.target.closest("[data-member]");
        if (row) mark(row);
      });
      form.addEventListener("submit", event => {
        event.preventDefault();
        send();
      });
      addEventListener("online", send);
      keep();
      if (!queue.length) chip.textContent = "";
      send();

      const events = new EventSource(place + "/events");
      events.addEventListener("open", () => { latest = null; });
      events.addEventListener("sheet", event => show(JSON.parse(event.data)));
    })();

    """
