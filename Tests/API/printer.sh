#!/bin/sh
# In the place of WeasyPrint: takes a page and gives the shortest thing that begins like a PDF.
cat >/dev/null
echo '%PDF-1.7'
