// Tells the server, now and then, that somebody is at this tab. Only what a person does counts (trusted pointer, key and
// touch events), not timers, charts or the connection itself. Also asks the server by itself when the session must be over
// and nobody said so: the connection may be down, or the computer may have slept.

const signs = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "touchmove"];
const grace = 2000;

// How long to wait before asking again: another tab's request may be renewing the session cookie right now.
const secondThought = 1500;

// How often a tab asks again for the proof of a new key.
const proofTries = 6;

// How long a form that was sent may take before its tab is taken elsewhere.
const formPatience = 10000;

let guard = null;
let options = null;
let pause = null;
let again = false;
let alarm = null;
let endsAt = 0;
let asking = false;
let submittedAt = 0;

export function start(dotnet, settings) {
    stop();
    guard = dotnet;
    options = settings;
    for (const sign of signs) {
        document.addEventListener(sign, onSign, { capture: true, passive: true });
    }

    document.addEventListener("visibilitychange", onVisible);
    document.addEventListener("submit", onSubmit);
    window.addEventListener("pageshow", onPageShow);
    ask();
}

export function stop() {
    for (const sign of signs) {
        document.removeEventListener(sign, onSign, { capture: true });
    }

    document.removeEventListener("visibilitychange", onVisible);
    document.removeEventListener("submit", onSubmit);
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

// The server says that the session is over and where to go.
export function leaveFor(address) {
    stop();

    // The answer to a form of this tab, such as signing out, says where to go; not the end of the session that the form causes.
    setTimeout(() => location.replace(address), Math.max(0, submittedAt + formPatience - Date.now()));
}

// The session has a new key: proves to the circuit, which was opened with an older one, that this browser has it.
export function prove() {
    proveKey().catch(() => { /* Nobody to ask: the server ends the tab. */ });
}

async function proveKey() {
    for (let attempt = 0; attempt < proofTries; attempt++) {
        const response = await fetchStatus("?prove=true");
        if (response.ok) {
            call("Prove", (await response.json()).proof);
            return;
        }

        await pauseFor(secondThought);
    }

    leave("security");
}

// Forms of circuits are not sent; Blazor has prevented it by now.
function onSubmit(event) {
    if (!event.defaultPrevented) {
        submittedAt = Date.now();
    }
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

function call(method, ...values) {
    guard?.invokeMethodAsync(method, ...values).catch(() => { /* The connection is down; the alarm below still runs. */ });
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
        let response = await fetchStatus("");
        if (response.status === 401) {
            await pauseFor(secondThought);
            response = await fetchStatus("");
        }

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

function fetchStatus(query) {
    return fetch(options.status + query, { cache: "no-store", credentials: "same-origin", headers: { accept: "application/json" } });
}

function pauseFor(milliseconds) {
    return new Promise(resolve => setTimeout(resolve, milliseconds));
}

function setAlarm(milliseconds) {
    clearTimeout(alarm);
    alarm = setTimeout(ask, Math.min(milliseconds, 0x7fffffff));
}

function leave(reason) {
    const here = location.pathname + location.search;
    leaveFor(`${options.signIn}?reason=${reason}&returnUrl=${encodeURIComponent(here)}`);
}
