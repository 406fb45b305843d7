// A passkey that was cancelled or is not known: said on the page instead of in the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const old = document.getElementById("passkey-error");
  const said = old || document.createElement("p");
  said.id = "passkey-error";
  said.className = "desk-error";
  said.setAttribute("role", "alert");
  said.textContent = "The passkey was not used: it was cancelled, or this device does not know it.";
  if (!old) document.querySelector(".entrance-card").append(said);
});
