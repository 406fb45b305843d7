// Copies the value of the field that a button names, and says so.
for (const button of document.querySelectorAll("[data-copies]")) {
    const field = document.getElementById(button.dataset.copies);
    const said = document.querySelector("[data-copied]");
    field.addEventListener("focus", () => field.select());
    button.addEventListener("click", async () => {
        field.select();
        try {
            await navigator.clipboard.writeText(field.value);
            said.textContent = "Copied.";
        } catch {
            said.textContent = "It is selected: copy it with Ctrl-C, or ⌘-C.";
        }
    });
}
