// Passkeys. What the browser is asked stands on the button; its answer goes into the hidden field of the same form, which
// is then sent. Where a browser has none, the button stays hidden and the other ways remain.
(() => {
  const able = window.PublicKeyCredential;
  document.querySelectorAll("[data-passkey]").forEach(button => {
    const making = button.dataset.passkey === "create";
    const read = making ? able?.parseCreationOptionsFromJSON : able?.parseRequestOptionsFromJSON;
    if (!read) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const form = button.form, failed = form.querySelector("[data-passkey-failed]");
      if (making && !form.reportValidity()) return;
      try {
        const publicKey = read.call(able, JSON.parse(button.dataset.options));
        const answer = await (making ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }));
        form.elements._passkey.value = JSON.stringify(answer.toJSON());
        form.requestSubmit();
      } catch {
        failed.hidden = false;
      }
    });
  });
})();
