"""Pictures as pure geometry: numbers in, places of boxes, lines and words out; no page, no colour.

`templates/macros/pictures.html` draws what comes out. All lengths are pixels at full size, rounded
to one decimal. Pictures stand on no order of letters: what is handed in is shown in its order.
"""
