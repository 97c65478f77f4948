# The library that people link: all layers in one, static or shared.
