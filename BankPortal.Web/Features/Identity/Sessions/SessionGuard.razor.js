// Tells the server, now and then, that somebody is at this tab. Only what a person does counts (trusted pointer, key and
// touch events), not timers, charts or the connection itself. Also asks the server by itself when the session must be over
// and nobody said so: the connection may be down, or the computer may have slept.

const signs = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "touchmove"];
const grace = 2000;

let guard = null;
let options = null;
let pause = null;
let again = false;
let alarm = null;
let endsAt = 0;
let asking = false;

export function start(dotnet, settings) {
    stop();
    guard = dotnet;
    options = settings;
    for (const sign of signs) {
        document.addEventListener(sign, onSign, { capture: true, passive: true });
    }

    document.addEventListener("visibilitychange", onVisible);
    window.addEventListener("pageshow", onPageShow);
    ask();
}

export function stop() {
    for (const sign of signs) {
        document.removeEventListener(sign, onSign, { capture: true });
    }

    document.removeEventListener("visibilitychange", onVisible);
    window.removeEventListener("pageshow", onPageShow);
    clearTimeout(pause);
    clearTimeout(alarm);
    guard = null;
    pause = null;
    again = false;
}

export function showDialog(dialog) {
    if (!dialog || dialog.open) {
        return;
    }

    dialog.addEventListener("cancel", event => {
        event.preventDefault();
        call("Stay");
    });
    dialog.showModal();
}

export function dialogGone() {
    // The element left the page and took the focus with it; the browser has put it back where it was.
    ask();
}

// The first sign is reported at once; those of the following pause are reported together at its end.
function onSign(event) {
    if (!event.isTrusted || !guard) {
        return;
    }

    if (pause !== null) {
        again = true;
        return;
    }

    call("ReportActivity");
    pause = setTimeout(() => {
        pause = null;
        if (again) {
            again = false;
            onSign({ isTrusted: true });
        }
    }, options.every);
}

function call(method) {
    guard?.invokeMethodAsync(method).catch(() => { /* The connection is down; the alarm below still runs. */ });
}

function onVisible() {
    if (document.visibilityState === "visible") {
        ask();
    }
}

function onPageShow(event) {
    // A page from the back/forward cache may belong to a session that has ended since.
    if (event.persisted) {
        ask();
    }
}

async function ask() {
    if (asking || !options) {
        return;
    }

    asking = true;
    try {
        const response = await fetch(options.status, { cache: "no-store", credentials: "same-origin", headers: { accept: "application/json" } });
        if (response.status === 401) {
            leave(Date.now() >= endsAt && endsAt > 0 ? "idle" : "ended");
            return;
        }

        const { left } = await response.json();
        endsAt = Date.now() + left;
        setAlarm(left + grace);
    } catch {
        // Nobody to ask. Once the time is up, what is on the screen goes away even so.
        if (endsAt > 0 && Date.now() >= endsAt + grace) {
            leave("idle");
        } else {
            setAlarm(Math.max(endsAt - Date.now(), 0) + grace);
        }
    } finally {
        asking = false;
    }
}

function setAlarm(milliseconds) {
    clearTimeout(alarm);
    alarm = setTimeout(ask, Math.min(milliseconds, 0x7fffffff));
}

function leave(reason) {
    const here = location.pathname + location.search;
    stop();
    location.replace(`${options.signIn}?reason=${reason}&returnUrl=${encodeURIComponent(here)}`);
}
