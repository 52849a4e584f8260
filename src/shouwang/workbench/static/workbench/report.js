"use strict";
// A report from the field: the place where the telephone is, where the user wants it to be sent along.
(() => {
  const button = document.getElementById("locate");
  const told = document.getElementById("located");
  if (!button || !navigator.geolocation) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      (here) => {
        document.getElementById("id_latitude").value = here.coords.latitude.toFixed(6);
        document.getElementById("id_longitude").value = here.coords.longitude.toFixed(6);
        told.textContent = told.dataset.done;
        button.disabled = false;
      },
      () => {
        told.textContent = told.dataset.failed;
        button.disabled = false;
      },
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
})();
