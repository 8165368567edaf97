"""Style rules of the pages that take in and correct: 上传 and 数据."""

from __future__ import annotations

import streamlit as st

from extract.readers.limits import limits

# The uploader's own words are English and cannot be set, so they are hidden and written anew.
STYLE = """
<style>
[data-testid="stFileUploaderDropzone"] {min-height: 3.4rem;}
[data-testid="stFileUploaderDropzone"] button p {font-size: 0;}
[data-testid="stFileUploaderDropzone"] button [data-testid="stMarkdownContainer"]::after {
  content: "选择文件"; font-size: 0.95rem;}
.st-key-whole-folder-files [data-testid="stFileUploaderDropzone"] button [data-testid="stMarkdownContainer"]::after {
  content: "选择文件夹";}
[data-testid="stFileUploaderDropzoneInstructions"] * {display: none;}
[data-testid="stFileUploaderDropzoneInstructions"]::after {
  content: "或把文件拖到这里；每份不超过 {file_mb} MB"; font-size: 0.9rem; color: #5B6B73;}
[data-testid="stFileUploaderDropzone"]:has([aria-invalid="true"])::after {
  content: "红色的文件太大，没有上传；每份不超过 {file_mb} MB"; font-size: 0.9rem; color: #9B1C1C;}
[data-testid="stToastContainer"] {top: auto !important; bottom: 1rem;}
[data-testid="InputInstructions"] {display: none;}
.review-title {display: flex; flex-direction: column; line-height: 1.45;}
.review-title b {font-size: 1.15rem;}
.review-title span {color: #5B6B73; font-size: 0.9rem;}
.doubts {display: flex; flex-wrap: wrap; gap: 0.35rem; font-size: 0.88rem; color: #5B6B73; padding-bottom: 0.4rem;}
.doubt {background: #FBE7A8; color: #1B2B34; border-radius: 4px; padding: 0.1rem 0.5rem;}
.missed {border-left: 4px solid #F2B705; padding: 0.15rem 0.8rem; line-height: 1.8;}
.missed > span {color: #5B6B73; padding-left: 0.8rem;}
.missed > span::before {content: "原因：";}
[class*="st-key-ask-"] {background: #FFF9E5;}
.messages {display: flex; flex-direction: column; gap: 0.3rem;}
.messages div {border-left: 4px solid #9B1C1C; padding: 0.1rem 0.8rem; background: #FBF1F1;}
.messages div.known {border-color: #F2B705; background: #FFF9E5;}
</style>
"""


def style() -> None:
    """Put the rules on the page."""
    st.html(STYLE.replace("{file_mb}", str(limits().file_mb)))
