"""Files larger than the server takes: the browser says so itself, because they never reach the program.

Streamlit drops such a file without a word when others are chosen with it. The script looks at what is chosen or
dropped and shows a message that stays until it is closed or the next files are chosen.
"""

from __future__ import annotations

import json

import streamlit as st

MESSAGE = "《{name}》有 {size} MB，超过 {limit} MB，没有上传。请去掉图片和附件，或分成几份。"

SCRIPT = """
<script>
(() => {
  const limit = %d, message = %s;
  if (window.oversizeWatched) return;
  window.oversizeWatched = true;
  const tell = (files) => {
    document.getElementById("too-large")?.remove();
    const large = [...(files ?? [])].filter((file) => file.size > limit * 1048576);
    if (!large.length) return;
    const box = document.createElement("div");
    box.id = "too-large";
    box.setAttribute("role", "alert");
    box.style.cssText = "position:fixed;left:50%%;bottom:1rem;transform:translateX(-50%%);z-index:999999;"
      + "max-width:46rem;background:#FBF1F1;border-left:4px solid #9B1C1C;padding:.6rem 1rem;"
      + "box-shadow:0 2px 10px rgba(0,0,0,.2)";
    for (const file of large) {
      const line = document.createElement("div");
      line.textContent = message.replace("{name}", file.name).replace("{size}", Math.ceil(file.size / 1048576))
        .replace("{limit}", limit);
      box.append(line);
    }
    const close = document.createElement("button");
    close.textContent = "知道了";
    close.style.cssText = "margin-top:.4rem;padding:.1rem .8rem";
    close.onclick = () => box.remove();
    box.append(close);
    document.body.append(box);
  };
  document.addEventListener("change", (event) => {
    if (event.target?.type === "file") tell(event.target.files);
  }, true);
  document.addEventListener("drop", (event) => {
    if (event.target?.closest?.("[data-testid=stFileUploaderDropzone]")) tell(event.dataTransfer?.files);
  }, true);
})();
</script>
"""


def watch() -> None:
    """Put the script on the page; the browser runs it once for each opened page."""
    limit = int(st.get_option("server.maxUploadSize"))
    st.html(SCRIPT % (limit, json.dumps(MESSAGE, ensure_ascii=False)), unsafe_allow_javascript=True)
