"""The catalogues as translators need them: what is to be translated, and what is wrong with one."""
