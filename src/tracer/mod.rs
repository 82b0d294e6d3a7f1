pub struct Tracer;
impl Tracer { pub fn follow(&mut self, _city: &crate::world::City) {} }
