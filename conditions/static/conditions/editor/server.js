// Talking to the server. Every answer is `{status, body}`; nothing here throws, so nothing is lost.

const LOST = { message: "The server cannot be reached.", hint: "Your text is kept in this browser. Try again in a moment." };
const LOGGED_OUT = { message: "You are logged out.", hint: "Your text is kept. Log in again in another tab, then save here once more.", loggedOut: true };
const BROKEN = { message: "The server failed.", hint: "Your text is kept in this browser. Try again; if it fails again, tell an administrator." };

/** The address answers JSON. Status 0: it did not answer; 401: somebody must log in first. */
export async function get(url) {
  return request(url, { headers: { Accept: "application/json" } });
}

export async function postJson(url, value) {
  return request(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": readToken() },
    body: JSON.stringify(value),
  });
}

export async function postForm(url, form) {
  return request(url, { method: "POST", headers: { "X-CSRFToken": readToken() }, body: form });
}

async function request(url, options) {
  let response;
  try {
    response = await fetch(url, { ...options, credentials: "same-origin", redirect: "manual" });
  } catch {
    return { status: 0, body: LOST };
  }
  if (response.type === "opaqueredirect") return { status: 401, body: LOGGED_OUT };
  try {
    return { status: response.status, body: await response.json() };
  } catch {
    return response.status === 403 ? { status: 401, body: LOGGED_OUT } : { status: response.status, body: BROKEN };
  }
}

// The cookie is newer than the form after logging in again elsewhere.
function readToken() {
  const cookie = document.cookie.split("; ").find((pair) => pair.split("=")[0].endsWith("csrftoken"));
  if (cookie) return cookie.slice(cookie.indexOf("=") + 1);
  return document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}
