// Keeps what is typed in a form from being lost by leaving it. `window.hsForms` tells what the server knew when it drew
// the form last: whether anything is unsaved; `unsent` is what it has not received yet, since text goes when a field is left.
if (!window.hsFormsWatched) {
  window.hsFormsWatched = true;

  document.addEventListener("input", event => {
    const field = event.target.closest('[class*="st-key-form-"] :is(textarea, input[type="text"]:not([role]))');
    if (field) Object.assign(window.hsForms, { unsaved: true, unsent: true });
  });

  // What is in the session is lost when the browser loads a page anew, also one without the form on it.
  window.addEventListener("beforeunload", event => {
    if (window.hsForms.unsaved) event.preventDefault();
  });

  // A quick tap on a link asks for the other page before the field that it leaves has sent its text, and the framework
  // then draws neither page.
  document.addEventListener("click", event => {
    const link = event.target.closest('a[data-testid="stPageLink-NavLink"]');
    if (!link || !window.hsForms.unsent || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    const until = Date.now() + 3000;
    const follow = () => {
      if (window.hsForms.unsent && Date.now() < until) { setTimeout(follow, 50); return; }
      window.hsForms.unsent = false;
      link.click();
    };
    follow();
  }, true);
}
