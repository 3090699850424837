"""The stage process: composes OpenUSD stages and hands their meshes to the renderer.

It is a process of its own because stage files are not trusted: it locks itself into the assets folder before it
reads one, and may crash or be killed without taking the stream down. It knows nothing of rendering or streaming.
"""
