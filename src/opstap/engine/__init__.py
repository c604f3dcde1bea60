"""The machine room: pure Python, no Django, no clock, no input or output. A problem goes in, a result comes out."""
