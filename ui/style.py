"""The style rules of all pages, as one ``<style>`` element."""

STYLE = """
<style>
[data-testid="stMainBlockContainer"] {padding: 0.5rem 1.5rem 1.5rem; max-width: 1760px;}
[data-testid="stHeader"] {height: 0; min-height: 0; background: transparent;}
[data-testid="stMainBlockContainer"] [data-testid="stVerticalBlock"] {gap: 0.5rem;}
[data-testid="stElementToolbar"] {display: none;}
[data-testid="stElementContainer"]:has(> [data-testid="stHtml"] > script) {display: none;}
.st-key-navigation {border-bottom: 1px solid #E3E8EA; padding-bottom: 0.2rem;}
[data-testid="stMainBlockContainer"] h1 {padding: 0 0 0.45rem; line-height: 1.4; font-size: 1.4rem;}
[data-testid="stMainBlockContainer"] h2 {padding: 0.6rem 0 0.7rem; font-size: 1.1rem;}
.st-key-sample-banner {background: #FFF4D6; border-left: 4px solid #F2B705; padding: 0.1rem 0.8rem; border-radius: 4px;}
mark {background: #FFE08A; color: #000; padding: 0 1px; border-radius: 2px; font-weight: 600;}
.evidence {line-height: 1.9; font-size: 1.02rem;}
.evidence .around {color: #5B6B73;}
.evidence .sentence {color: #1B2B34; background: #EEF4F4;}
.year {display: flex; flex-wrap: wrap; align-items: center; gap: 0.1rem 0.9rem; color: #5B6B73; font-size: 0.9rem;}
.year .track {width: 200px; height: 9px; background: #E3E8EA; border-radius: 5px; overflow: hidden;}
.year .gone {display: block; height: 100%; background: #2F5D8A;}
.year .in-force {font-size: 0.8rem;}
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p {color: #5B6B73; opacity: 1;}
button kbd {color: #5B6B73 !important; opacity: 1 !important;}
button[kind^="primary"] kbd {color: #FFFFFF !important;}
.legend {margin-top: -0.35rem; color: #5B6B73; font-size: 0.85rem;}
</style>
"""
