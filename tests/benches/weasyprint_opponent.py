"""WeasyPrint as it is quickest: one interpreter, one font configuration, everything imported before the first document.

A line in names an HTML file; a line out says how many milliseconds its PDF took, and its bytes.
"""

import sys
import time

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

fonts = FontConfiguration()
for path in sys.stdin:
    with open(path.strip(), encoding="utf-8") as file:
        text = file.read()
    start = time.perf_counter()
    pdf = HTML(string=text).write_pdf(font_config=fonts)
    took = (time.perf_counter() - start) * 1000
    print(took, len(pdf), flush=True)
