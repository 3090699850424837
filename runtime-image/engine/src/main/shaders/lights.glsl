// How many lights shine: a software renderer pays dearly for a choice at each pixel.
layout(constant_id = 0) const int DISTANT = 0;
layout(constant_id = 1) const int LOCAL = 0;
const int LIGHTS = 4;
